namespace DeepCourse.Tensors;

/// <summary>Where randomness comes from: torch's generators by one call, everything else by an explicit
/// Random.</summary>
public static class Seed
{
    /// <summary>Seeds torch on the CPU and on every CUDA device.</summary>
    /// <param name="seed">The same seed on the same machine gives the same numbers.</param>
    /// <returns>A generator with the same seed for the program's own draws.</returns>
    public static Random Everything(int seed)
    {
        manual_seed(seed);
        if (cuda.is_available()) cuda.manual_seed_all(seed);
        return new Random(seed);
    }

    /// <summary>Makes a new seed out of one seed and some numbers (an epoch, an index), so that each gets its own
    /// stream without a generator that is carried along: a resumed run draws what it would have drawn.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="first">For instance the epoch.</param>
    /// <param name="second">For instance the index of the batch or of the item.</param>
    /// <param name="third">A further number, where two are not enough.</param>
    public static int Derive(int seed, int first, int second = 0, int third = 0)
    {
        var state = Mix((uint)seed);
        state = Mix(state ^ (uint)first);
        state = Mix(state ^ (uint)second);
        return (int)(Mix(state ^ (uint)third) >> 33);
    }

    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014): neighbouring inputs give unrelated outputs.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
