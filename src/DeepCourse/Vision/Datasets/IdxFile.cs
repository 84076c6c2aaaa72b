using System.Buffers.Binary;
using System.IO.Compression;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Reads the IDX files of MNIST and its successors: bytes under a big-endian header.</summary>
public static class IdxFile
{
    // 0, 0, the element type (8: unsigned bytes), the number of dimensions.
    private const int UnsignedBytes = 8;
    private const long MostElements = 1L << 31;

    /// <summary>Reads a file of unsigned bytes, gzip-compressed where its name ends so.</summary>
    /// <param name="path">The file.</param>
    /// <returns>uint8 of the shape that the header tells, on the CPU, in the caller's dispose scope.</returns>
    /// <exception cref="DataFormatException">Another type of elements, or not as many as the header tells.</exception>
    public static Tensor Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        try
        {
            return Read(stream, path);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            throw new DataFormatException(path, $"not a whole IDX file: {exception.Message}", exception);
        }
    }

    private static Tensor Read(Stream stream, string path)
    {
        Span<byte> word = stackalloc byte[4];
        stream.ReadExactly(word);
        if (word[0] != 0 || word[1] != 0 || word[2] != UnsignedBytes || word[3] == 0)
            throw new DataFormatException(path, $"expected the IDX header 0 0 8 n, found {word[0]} {word[1]} {word[2]} {word[3]}");
        var shape = new long[word[3]];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            stream.ReadExactly(word);
            shape[axis] = BinaryPrimitives.ReadInt32BigEndian(word);
        }
        if (shape.Any(length => length < 0) || shape.Aggregate(1.0, (product, length) => product * length) >= MostElements)
            throw new DataFormatException(path, $"the header tells a shape of [{string.Join(", ", shape)}]");
        var values = empty(shape, ScalarType.Byte);
        stream.ReadExactly(values.bytes);
        if (stream.ReadByte() >= 0) throw new DataFormatException(path, $"goes on after [{string.Join(", ", shape)}] elements");
        return values;
    }
}
