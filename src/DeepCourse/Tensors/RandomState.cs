using System.Runtime.InteropServices;

namespace DeepCourse.Tensors;

/// <summary>The state of torch's default generators in a stream.</summary>
internal static partial class RandomState
{
    public static void Save(BinaryWriter writer)
    {
        using var scope = NewDisposeScope();
        Write(writer, torch.random.get_rng_state());
        var devices = cuda.is_available() ? cuda.device_count() : 0;
        writer.Write(devices);
        for (var device = 0; device < devices; device++) SaveCuda(writer, device);
    }

    public static void Load(BinaryReader reader)
    {
        using var scope = NewDisposeScope();
        torch.random.set_rng_state(Read(reader));
        var saved = reader.ReadInt32();
        var devices = cuda.is_available() ? cuda.device_count() : 0;
        for (var device = 0; device < saved; device++) LoadCuda(reader, device, device < devices);
    }

    private static void Write(BinaryWriter writer, Tensor state)
    {
        var bytes = state.bytes;
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static Tensor Read(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(reader.ReadInt32());
        var state = zeros(bytes.Length, ScalarType.Byte);
        state.bytes = bytes;
        return state;
    }
}
