using System.Globalization;

namespace DeepCourse.Distributed;

/// <summary>What a program that starts processes calls their places in the environment.</summary>
/// <param name="Rank">The variable of the rank.</param>
/// <param name="WorldSize">The variable of the number of processes.</param>
/// <param name="LocalRank">The variable of the rank on the machine.</param>
/// <param name="LocalWorldSize">The variable of the number of processes on the machine; empty where there is none.</param>
internal sealed record LauncherNames(string Rank, string WorldSize, string LocalRank, string LocalWorldSize)
{
    /// <summary>All that are understood, the first that has set its rank counts.</summary>
    public static IReadOnlyList<LauncherNames> All { get; } =
    [
        new("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE"),
        new("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE"),
        new("PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS"),
        // A batch script has a SLURM_PROCID too; only what srun started belongs to a step.
        new("SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID", "")
        {
            Requires = "SLURM_STEP_ID",
            Address = variable => FirstNode(variable("SLURM_STEP_NODELIST") ?? variable("SLURM_NODELIST")),
            LocalSize = variable => OfNode(variable("SLURM_STEP_TASKS_PER_NODE") ?? variable("SLURM_TASKS_PER_NODE"), variable("SLURM_NODEID")),
        },
    ];

    /// <summary>A variable that must be there too.</summary>
    public string? Requires { get; private init; }

    /// <summary>The machine of the first process, where the launcher says it.</summary>
    public Func<Func<string, string?>, string?> Address { get; private init; } = _ => null;

    /// <summary>The number of processes on this machine, where the launcher says it in its own way.</summary>
    public Func<Func<string, string?>, int?> LocalSize { get; private init; } = _ => null;

    // 4(x2),3: four on each of the first two machines, three on the next one.
    private static int? OfNode(string? counts, string? node)
    {
        if (!int.TryParse(node, NumberStyles.None, CultureInfo.InvariantCulture, out var left)) return null;
        foreach (var part in (counts ?? "").Split(','))
        {
            var times = part.IndexOf("(x", StringComparison.Ordinal);
            if (!int.TryParse(times < 0 ? part : part[..times], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
            var machines = 1;
            if (times >= 0 && !int.TryParse(part.AsSpan(times + 2).TrimEnd(')'), NumberStyles.None, CultureInfo.InvariantCulture, out machines)) return null;
            if (left < machines) return count;
            left -= machines;
        }
        return null;
    }

    // node[07-09,12],other: node07.
    private static string? FirstNode(string? list)
    {
        if (string.IsNullOrEmpty(list)) return null;
        var end = list.IndexOfAny([',', '[']);
        if (end < 0) return list;
        if (list[end] == ',') return list[..end];
        var number = list.AsSpan(end + 1);
        return string.Concat(list.AsSpan(0, end), number[..number.IndexOfAny("],-")]);
    }
}
