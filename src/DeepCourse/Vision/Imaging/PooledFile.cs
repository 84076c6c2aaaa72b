using System.Buffers;

namespace DeepCourse.Vision.Imaging;

/// <summary>A file's bytes in a rented array: loaders read thousands of files, and fresh arrays of this size would keep
/// the collector busy.</summary>
internal readonly struct PooledFile : IDisposable
{
    private readonly byte[] _buffer;
    private readonly int _length;

    private PooledFile(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    public ReadOnlySpan<byte> Data => _buffer.AsSpan(0, _length);

    public static PooledFile Read(string path)
    {
        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var size = RandomAccess.GetLength(handle);
        if (size > Array.MaxLength) throw new IOException($"{path}: {size} bytes are more than a picture can have");
        var buffer = ArrayPool<byte>.Shared.Rent((int)size);
        var length = 0;
        while (length < size)
        {
            var count = RandomAccess.Read(handle, buffer.AsSpan(length, (int)size - length), length);
            if (count == 0) break;
            length += count;
        }
        return new PooledFile(buffer, length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
