using System.Buffers.Binary;
using System.Text;

namespace DeepCourse.Tensors.Formats;

/// <summary>The bytes of a pickle, with the position for error messages and no trust in the lengths it states.</summary>
internal sealed class PickleStream(Stream stream, string path)
{
    private const int LongestText = 1 << 28;
    private readonly byte[] _small = new byte[8];

    public string Path => path;

    public long Position { get; private set; } = stream.CanSeek ? stream.Position : 0;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    public byte[] Bytes(long length)
    {
        if (length is < 0 or > LongestText || (stream.CanSeek && length > stream.Length - stream.Position))
            throw Broken($"the pickle states a length of {length} bytes, more than there are");
        var bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }

    public string Line()
    {
        var line = new List<byte>();
        for (var next = Byte(); next != '\n'; next = Byte())
        {
            if (line.Count > 1 << 16) throw Broken("a name in the pickle does not end");
            line.Add(next);
        }
        return Encoding.UTF8.GetString([.. line]);
    }

    public DataFormatException Broken(string problem) => DataFormatException.AtByte(path, Position, problem);

    private ReadOnlySpan<byte> Take(int count)
    {
        Fill(_small.AsSpan(0, count));
        return _small.AsSpan(0, count);
    }

    private void Fill(Span<byte> buffer)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw Broken("the file ends inside the pickle");
        Position += buffer.Length;
    }
}
