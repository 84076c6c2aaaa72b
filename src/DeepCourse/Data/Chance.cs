namespace DeepCourse.Data;

/// <summary>Makes generators whose seeds follow from what they are for, so that no draw depends on thread timing.</summary>
internal static class Chance
{
    /// <summary>The generator for the order of an epoch.</summary>
    public static Random ForEpoch(int seed, int epoch) => new(Mix(seed, epoch, -1));

    /// <summary>The generator for the item at a position of an epoch.</summary>
    public static Random ForItem(int seed, int epoch, int position) => new(Mix(seed, epoch, position));

    private static int Mix(int seed, int epoch, int position)
    {
        var state = Scramble((uint)seed);
        state = Scramble(state ^ (uint)epoch);
        state = Scramble(state ^ (uint)position);
        return (int)(state >> 33);
    }

    // The output function of SplitMix64 (Steele, Lea and Flood 2014): neighbouring inputs give unrelated outputs.
    private static ulong Scramble(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
