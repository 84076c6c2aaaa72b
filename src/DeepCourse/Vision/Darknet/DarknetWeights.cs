using System.Buffers.Binary;
using DeepCourse.Tensors;
using DeepCourse.Vision.Darknet.Layers;

namespace DeepCourse.Vision.Darknet;

/// <summary>Reads and writes darknet's <c>.weights</c> files: a header, then float32 numbers layer by layer, without any
/// names or shapes.</summary>
/// <remarks>A convolution's record: biases; with batch normalisation scales, means and variances; then the weights
/// [out, in / groups, height, width]. All numbers are little-endian.</remarks>
public static class DarknetWeights
{
    private const int BytesANumber = sizeof(float);

    /// <summary>Loads a file into a network.</summary>
    /// <param name="network">The network the file was made for; untouched if the file does not fit.</param>
    /// <param name="path">The <c>.weights</c> file.</param>
    /// <param name="layers">How many of the network's layers the file holds, from the first; null for all. Files of
    /// pretrained bodies end early: <c>darknet53.conv.74</c> holds 75, <c>yolov3-tiny.conv.15</c> 15.</param>
    /// <returns>The file's header.</returns>
    /// <exception cref="DataFormatException">The file is too short or too long; names the layer and record, and the bytes
    /// expected.</exception>
    public static DarknetHeader Load(DarknetNetwork network, string path, int? layers = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var header = ReadHeader(stream, path);
        var count = Counted(network, layers);
        Check(network, count, header, stream.Length, path);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        foreach (var layer in network.Layers.Take(count))
            foreach (var record in layer.Records)
                Read(stream, record.Values, header.IsTransposed && layer is DarknetConnected && record.Name == "weights");
        return header;
    }

    /// <summary>Saves a network's weights; the file appears whole or not at all.</summary>
    /// <param name="network">The network; nothing in it changes.</param>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="seen">How many pictures it was trained on.</param>
    /// <param name="layers">How many layers to save, from the first; null for all.</param>
    public static void Save(DarknetNetwork network, string path, long seen = 0, int? layers = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        var count = Counted(network, layers);
        AtomicFile.Write(path, stream =>
        {
            WriteHeader(stream, DarknetHeader.Current with { Seen = seen });
            foreach (var record in network.Layers.Take(count).SelectMany(layer => layer.Records))
            {
                using var scope = torch.NewDisposeScope();
                stream.Write(record.Values.detach().to(ScalarType.Float32).cpu().contiguous().bytes);
            }
        });
    }

    /// <summary>The length of a network's file in bytes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layers">How many layers the file holds, from the first; null for all.</param>
    /// <returns>Header and records.</returns>
    public static long LengthOf(DarknetNetwork network, int? layers = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Length(network, Counted(network, layers), DarknetHeader.Current);
    }

    private static int Counted(DarknetNetwork network, int? layers)
    {
        if (layers is not { } count) return network.Shapes.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(layers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, network.Shapes.Count, nameof(layers));
        return count;
    }

    private static long Length(DarknetNetwork network, int count, DarknetHeader header) =>
        header.Length + network.Layers.Take(count)
            .SelectMany(layer => layer.Records).Sum(record => record.Values.numel() * BytesANumber);

    private static DarknetHeader ReadHeader(FileStream stream, string path)
    {
        Span<byte> bytes = stackalloc byte[20];
        var there = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (there < 16)
            throw DataFormatException.AtByte(path, there, $"too short: expected a header of 16 bytes, got {there}");
        var header = new DarknetHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));
        if (there < header.Length)
            throw DataFormatException.AtByte(path, there, $"too short: expected a header of {header.Length} bytes, got {there}");
        stream.Position = header.Length;
        return header.IsLong ? header with { Seen = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]) } : header;
    }

    private static void WriteHeader(Stream stream, DarknetHeader header)
    {
        Span<byte> bytes = stackalloc byte[header.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, header.Major);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], header.Minor);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], header.Revision);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], header.Seen);
        stream.Write(bytes);
    }

    private static void Check(DarknetNetwork network, int count, DarknetHeader header, long actual, string path)
    {
        var expected = Length(network, count, header);
        if (actual == expected) return;
        if (actual > expected)
            throw DataFormatException.AtByte(
                path, expected,
                $"too long: {count} layers of {network.Config.Name} fill {expected} bytes, the file has {actual}");
        long position = header.Length;
        foreach (var layer in network.Layers)
            foreach (var record in layer.Records)
            {
                var bytes = record.Values.numel() * BytesANumber;
                if (position + bytes > actual)
                    throw DataFormatException.AtByte(
                        path, position,
                        $"too short: expected {bytes} bytes for the {record.Name} of layer {layer.Index} [{layer.Section.Kind}] "
                        + $"(line {layer.Section.Line} of {network.Config.Name}), {actual - position} are left; "
                        + $"{count} layers fill {expected} bytes, the file has {actual}");
                position += bytes;
            }
    }

    private static void Read(FileStream stream, Tensor target, bool isTransposed)
    {
        using var scope = torch.NewDisposeScope();
        long[] shape = isTransposed ? [target.shape[1], target.shape[0]] : target.shape;
        var values = torch.empty(shape, ScalarType.Float32);
        stream.ReadExactly(values.bytes);
        target.copy_(isTransposed ? values.t() : values);
    }
}
