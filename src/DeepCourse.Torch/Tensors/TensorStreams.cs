using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A tensor as bytes: type, rank and sizes as LEB128 numbers, then the elements in little-endian order.</summary>
public static partial class TensorExtensionMethods
{
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using var here = tensor.device_type == DeviceType.CPU ? Aten.contiguous(tensor) : tensor.cpu();
        using var ordered = Aten.contiguous(here);
        writer.Write7BitEncodedInt64((long)ordered.dtype);
        var sizes = ordered.shape;
        writer.Write7BitEncodedInt64(sizes.Length);
        foreach (var size in sizes) writer.Write7BitEncodedInt64(size);
        writer.Flush();
        ordered.WriteBytesToStream(writer.BaseStream);
    }

    public static void Save(this torch.Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        tensor.Save(writer);
    }

    public static void Save(this torch.Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads into a tensor of the same type and shape.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        var (type, sizes) = ReadHeader(reader);
        if (skip)
        {
            Skip(reader, type, sizes);
            return;
        }
        if (type != tensor.dtype)
            throw new ArgumentException($"The stream holds {type} where the tensor is {tensor.dtype}.");
        if (!sizes.AsSpan().SequenceEqual(tensor.shape))
            throw new ArgumentException(
                $"The stream holds shape [{string.Join(", ", sizes)}] where the tensor has [{string.Join(", ", tensor.shape)}].");
        using var read = ReadElements(reader, type, sizes);
        // Through a detached view, so that a parameter may be written without a trace in autograd.
        using var target = Aten.detach(tensor);
        Aten.copy_(target, read);
    }

    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var (type, sizes) = ReadHeader(reader);
        if (!skip) return ReadElements(reader, type, sizes);
        Skip(reader, type, sizes);
        return null!;
    }

    public static void Load(ref torch.Tensor? tensor, BinaryReader reader, bool skip = false)
    {
        if (tensor is not null) tensor.Load(reader, skip);
        else tensor = Load(reader, skip);
    }

    private static (torch.ScalarType Type, long[] Sizes) ReadHeader(BinaryReader reader)
    {
        var type = reader.Read7BitEncodedInt64();
        var rank = reader.Read7BitEncodedInt64();
        if (!Enum.IsDefined(typeof(torch.ScalarType), (sbyte)type) || rank is < 0 or > 64)
            throw new InvalidDataException($"The stream holds no tensor here: type {type}, rank {rank}.");
        var sizes = new long[rank];
        for (var i = 0; i < sizes.Length; i++) sizes[i] = reader.Read7BitEncodedInt64();
        return ((torch.ScalarType)type, sizes);
    }

    private static torch.Tensor ReadElements(BinaryReader reader, torch.ScalarType type, long[] sizes)
    {
        var tensor = Aten.empty_memory_format(sizes, type);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }

    private static void Skip(BinaryReader reader, torch.ScalarType type, long[] sizes)
    {
        var remaining = ElementTypes.Size(type) * sizes.TotalSize();
        var buffer = new byte[Math.Min(remaining, 1 << 16)];
        for (; remaining > 0; remaining -= buffer.Length)
            reader.BaseStream.ReadExactly(buffer, 0, (int)Math.Min(remaining, buffer.Length));
    }
}

public static partial class torch
{
    public static void save(Tensor t, string location) => t.Save(location);

    public static Tensor load(string location) => Tensor.Load(location);

    public partial class Tensor
    {
        public void save(string location) => this.Save(location);

        public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);

        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            return TensorExtensionMethods.Load(reader);
        }

        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return Load(stream);
        }
    }
}
