using System.CommandLine;

namespace DeepCourse.Lessons;

/// <summary>An option that one lesson adds to those all lessons share. Read it with <see cref="LessonContext.Value{T}"/>.</summary>
public abstract class LessonOption
{
    private protected LessonOption()
    {
    }

    internal abstract Option Parsed { get; }

    /// <summary>The long name, with the two dashes.</summary>
    public string Name => Parsed.Name;

    /// <summary>Whether there is no default, so that the user has to give a value.</summary>
    internal bool IsRequired { get; private init; }

    /// <summary>A choice from a few words.</summary>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it changes.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <param name="choices">The words allowed.</param>
    /// <returns>The option.</returns>
    public static LessonOption<string> Choice(string name, string description, string defaultValue, params string[] choices)
    {
        var option = new LessonOption<string>(name, description, defaultValue);
        option.Typed.AcceptOnlyFromAmong(choices);
        return option;
    }

    /// <summary>A value of any type that has a text form: numbers, text, switches.</summary>
    /// <typeparam name="T">int, long, double, bool, string or an enum.</typeparam>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it changes.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <returns>The option.</returns>
    public static LessonOption<T> Of<T>(string name, string description, T defaultValue) => new(name, description, defaultValue);

    /// <summary>A number between two bounds.</summary>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it changes.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <param name="least">The smallest value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <returns>The option.</returns>
    public static LessonOption<double> Number(string name, string description, double defaultValue, double least, double most)
    {
        var option = new LessonOption<double>(name, description, defaultValue);
        option.Typed.Within(least, most);
        return option;
    }

    /// <summary>A text that may be left out, such as a file or folder.</summary>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="helpName">The word that <c>--help</c> shows for the value, such as <c>FILE</c>.</param>
    /// <returns>The option; its value is null when it is not given.</returns>
    public static LessonOption<string?> Text(string name, string description, string helpName)
    {
        var option = new LessonOption<string?>(name, description, null);
        option.Typed.HelpName = helpName;
        return option;
    }

    /// <summary>A text that must be given, such as the file to work on.</summary>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="helpName">The word that <c>--help</c> shows for the value, such as <c>FILE</c>.</param>
    /// <returns>The option; without a value the run ends with a usage error.</returns>
    public static LessonOption<string> Required(string name, string description, string helpName)
    {
        var option = new LessonOption<string>(name, $"{description} (required)", null!) { IsRequired = true };
        option.Typed.HelpName = helpName;
        return option;
    }
}

/// <summary>An option of a lesson, with its type.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class LessonOption<T> : LessonOption
{
    internal LessonOption(string name, string description, T defaultValue)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"expected a long name such as --backbone, actual '{name}'", nameof(name));
        Typed = new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue, Recursive = true };
    }

    internal Option<T> Typed { get; }

    internal override Option Parsed => Typed;
}
