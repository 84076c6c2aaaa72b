using DeepCourse.Native;

namespace DeepCourse.Tensors;

internal static partial class RandomState
{
    private static void SaveCuda(BinaryWriter writer, int device)
    {
        var state = CudaRandom.GetState(device);
        writer.Write(state.Length);
        writer.Write(state);
    }

    private static void LoadCuda(BinaryReader reader, int device, bool exists)
    {
        var state = reader.ReadBytes(reader.ReadInt32());
        if (exists) CudaRandom.SetState(device, state);
    }
}
