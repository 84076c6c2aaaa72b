namespace DeepCourse.Vision.Darknet;

/// <summary>What a <c>.weights</c> file says of itself.</summary>
/// <param name="Major">Version of the format; with <paramref name="Minor"/> at least 0.2, the count of pictures is a 64-bit
/// number.</param>
/// <param name="Minor">Version of the format.</param>
/// <param name="Revision">Version of the format.</param>
/// <param name="Seen">How many pictures the network was trained on.</param>
public readonly record struct DarknetHeader(int Major, int Minor, int Revision, long Seen)
{
    /// <summary>Version 0.2.0, which darknet writes today.</summary>
    public static DarknetHeader Current { get; } = new(0, 2, 0, 0);

    // Numbers above 1000 are a mark of very old files.
    private bool IsMarked => Major > 1000 || Minor > 1000;

    /// <summary>Whether the weights of connected layers lie by inputs instead of by outputs.</summary>
    internal bool IsTransposed => IsMarked;

    /// <summary>Whether the count of pictures takes 8 bytes instead of 4.</summary>
    internal bool IsLong => (Major * 10L) + Minor >= 2 && !IsMarked;

    /// <summary>Bytes before the first record.</summary>
    internal int Length => IsLong ? 20 : 16;
}
