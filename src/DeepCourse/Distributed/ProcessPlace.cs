using System.Globalization;

namespace DeepCourse.Distributed;

/// <summary>The place of this process among those that work together, as whoever started it says in the environment.</summary>
/// <param name="Rank">Which process this is, from 0. The first one writes files and speaks.</param>
/// <param name="WorldSize">How many there are.</param>
/// <param name="LocalRank">Which of those on this machine this is, from 0; it has the GPU of that number.</param>
/// <param name="LocalWorldSize">How many are on this machine and share its cores.</param>
/// <param name="Address">Where the processes meet: the machine of the first one.</param>
/// <param name="Port">The port there.</param>
public sealed record ProcessPlace(int Rank, int WorldSize, int LocalRank, int LocalWorldSize, string Address, int Port)
{
    /// <summary>The port where nobody names one, as PyTorch has it.</summary>
    public const int DefaultPort = 29500;

    /// <summary>Whether this process writes files and speaks.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>Whether the one who started the processes keeps their store, as torchrun does; else the first one keeps
    /// it.</summary>
    public bool StoreIsKept { get; init; }

    /// <summary>How often all processes have been started anew; keeps an attempt's traces apart from those of the one
    /// before.</summary>
    public int Attempt { get; init; }

    /// <summary>Whether all processes are on this machine.</summary>
    public bool IsLocal => LocalWorldSize == WorldSize;

    /// <summary>Reads RANK, WORLD_SIZE, LOCAL_RANK, LOCAL_WORLD_SIZE, MASTER_ADDR and MASTER_PORT, as torchrun sets them;
    /// where there is no RANK, what mpirun (Open MPI, MPICH) or SLURM's srun set.</summary>
    /// <returns>The place; null for a process that was started alone.</returns>
    /// <exception cref="ArgumentException">The variables contradict each other; the message names them.</exception>
    public static ProcessPlace? FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>The variables by which a process with this place finds the others.</summary>
    /// <returns>Names and values, as torchrun sets them.</returns>
    public IReadOnlyDictionary<string, string> ToEnvironment() => new Dictionary<string, string>
    {
        ["RANK"] = Text(Rank),
        ["WORLD_SIZE"] = Text(WorldSize),
        ["LOCAL_RANK"] = Text(LocalRank),
        ["LOCAL_WORLD_SIZE"] = Text(LocalWorldSize),
        ["MASTER_ADDR"] = Address,
        ["MASTER_PORT"] = Text(Port),
    };

    internal static ProcessPlace? From(Func<string, string?> variable)
    {
        var names = LauncherNames.All.FirstOrDefault(launcher => variable(launcher.Rank) is { Length: > 0 });
        if (names is null || (names.Requires is { } sign && variable(sign) is null or "")) return null;
        var size = Number(variable, names.WorldSize, 1) ?? throw new ArgumentException($"{names.Rank} is set, but {names.WorldSize} is not: how many processes are there?");
        var rank = Number(variable, names.Rank, 0)!.Value;
        if (rank >= size) throw new ArgumentException($"{names.Rank}={rank}: expected 0 to {size - 1}, because {names.WorldSize}={size}");
        var localRank = Number(variable, names.LocalRank, 0) ?? rank;
        var localSize = Number(variable, names.LocalWorldSize, 1) ?? names.LocalSize(variable) ?? (variable(names.LocalRank) is null or "" ? size : Math.Max(1, localRank + 1));
        var address = variable("MASTER_ADDR") is { Length: > 0 } given ? given : names.Address(variable) ?? (localSize == size
            ? "127.0.0.1"
            : throw new ArgumentException("MASTER_ADDR is not set: it says on which machine the first process is"));
        var port = Number(variable, "MASTER_PORT", 1) ?? DefaultPort;
        if (port > 65535) throw new ArgumentException($"MASTER_PORT={port}: expected 1 to 65535");
        return new(rank, size, localRank, localSize, address, port)
        {
            StoreIsKept = string.Equals(variable("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase),
            Attempt = Number(variable, "TORCHELASTIC_RESTART_COUNT", 0) ?? 0,
        };
    }

    private static int? Number(Func<string, string?> variable, string name, int least)
    {
        if (name.Length == 0 || variable(name) is not { Length: > 0 } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new ArgumentException($"{name}={text}: expected a whole number from {least} up");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
