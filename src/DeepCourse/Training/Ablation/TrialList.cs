using System.Text.RegularExpressions;

namespace DeepCourse.Training.Ablation;

/// <summary>A recipe of a study under its name.</summary>
/// <param name="Name">The name of the switch, or of the base.</param>
/// <param name="Recipe">The recipe after all changes.</param>
/// <param name="Against">What it is compared with; null for the base.</param>
internal sealed record Trial<TRecipe>(string Name, TRecipe Recipe, string? Against);

/// <summary>Makes the recipes of a study, and checks its names.</summary>
internal static partial class TrialList
{
    /// <summary>The base, then the switches in their order.</summary>
    public static IReadOnlyList<Trial<TRecipe>> Of<TRecipe>(Ablation<TRecipe> study)
    {
        var trials = new List<Trial<TRecipe>> { new(study.BaseName, study.Base, null) };
        foreach (var change in study.Switches)
        {
            var against = trials.Find(trial => trial.Name == (change.Against ?? study.BaseName))
                ?? throw new ArgumentException(
                    $"study '{study.Name}': '{change.Name}' is compared with '{change.Against}', which is not before it; there are {Quoted(trials.Select(trial => trial.Name))}", nameof(study));
            trials.Add(new(change.Name, change.Change(against.Recipe), against.Name));
        }
        RequireDistinct(study.Name, "recipe", trials.Select(trial => trial.Name), Key);
        RequireDistinct(study.Name, "column", ["trial", "seed", .. study.Settings.Keys, .. study.Metrics.Select(metric => metric.Name), "seconds"], name => name);
        return trials;
    }

    /// <summary>A name with nothing in it that a file system minds.</summary>
    public static string Key(string name) => Others().Replace(name, "-").Trim('-');

    public static string Quoted(IEnumerable<string> names) => $"'{string.Join("', '", names)}'";

    private static void RequireDistinct(string study, string what, IEnumerable<string> names, Func<string, string> key)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (key(name).Length == 0 || name.AsSpan().ContainsAny('\n', '\r'))
                throw new ArgumentException($"study '{study}': '{name}' is no name for a {what}: it needs a letter or a digit, on one line", nameof(names));
            if (!seen.TryAdd(key(name), name))
                throw new ArgumentException($"study '{study}': the {what} names '{seen[key(name)]}' and '{name}' are too much alike", nameof(names));
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Others();
}
