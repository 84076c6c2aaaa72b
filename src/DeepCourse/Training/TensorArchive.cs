using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>Tensors with names, one after the other in a stream.</summary>
internal static class TensorArchive
{
    /// <summary>Writes a tensor's type, shape and elements.</summary>
    public static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var plain = tensor.detach().cpu().contiguous();
        writer.Write((int)plain.dtype);
        writer.Write((int)plain.dim());
        foreach (var size in plain.shape) writer.Write(size);
        var bytes = plain.numel() == 0 ? default : plain.bytes;
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>Reads a tensor to the CPU; it belongs to the caller's dispose scope.</summary>
    public static Tensor Read(BinaryReader reader)
    {
        var type = (ScalarType)reader.ReadInt32();
        var shape = new long[reader.ReadInt32()];
        for (var i = 0; i < shape.Length; i++) shape[i] = reader.ReadInt64();
        var bytes = reader.ReadBytes(reader.ReadInt32());
        var tensor = zeros(shape, type);
        if (bytes.Length > 0) tensor.bytes = bytes;
        return tensor;
    }

    /// <summary>Writes parameters and buffers of a module.</summary>
    public static void Write(BinaryWriter writer, Module module)
    {
        var entries = module.state_dict();
        writer.Write(entries.Count);
        foreach (var (name, tensor) in entries)
        {
            writer.Write(name);
            Write(writer, tensor);
        }
    }

    /// <summary>Reads parameters and buffers into the tensors that a module has.</summary>
    /// <exception cref="WeightsMismatchException">Names or shapes are not those of the module.</exception>
    public static void ReadInto(BinaryReader reader, Module module)
    {
        var targets = module.state_dict();
        List<string> unexpected = [];
        List<MisshapedWeight> misshaped = [];
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var name = reader.ReadString();
            var source = Read(reader);
            if (!targets.Remove(name, out var target)) unexpected.Add(name);
            else if (!target.shape.SequenceEqual(source.shape)) misshaped.Add(new(name, target.shape, source.shape));
            else target.copy_(source);
        }
        if (targets.Count + unexpected.Count + misshaped.Count > 0)
            throw new WeightsMismatchException("the checkpoint", [.. targets.Keys], unexpected, misshaped);
    }
}
