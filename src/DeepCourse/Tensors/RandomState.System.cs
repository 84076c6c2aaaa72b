namespace DeepCourse.Tensors;

internal static partial class RandomState
{
    // A CUDA generator is not read. Instead it gets, at every checkpoint, a new seed that follows from the
    // CPU generator: a run that continues and a run that is resumed from there draw the same numbers.
    private static void SaveCuda(BinaryWriter writer, int device)
    {
        using var scope = NewDisposeScope();
        var seed = 17L;
        foreach (var part in torch.random.get_rng_state().bytes) seed = seed * 31 + part;
        writer.Write(seed);
        if (device == 0) cuda.manual_seed_all(seed);
    }

    private static void LoadCuda(BinaryReader reader, int device, bool exists)
    {
        var seed = reader.ReadInt64();
        if (exists && device == 0) cuda.manual_seed_all(seed);
    }
}
