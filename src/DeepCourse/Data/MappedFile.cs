using System.IO.MemoryMappedFiles;
using DeepCourse.Tensors;

namespace DeepCourse.Data;

/// <summary>A file that is read through a memory map: the system keeps in memory what is in use, whatever the file's
/// size.</summary>
/// <remarks>Reading works from several threads at once, but not during or after <see cref="Dispose"/>.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private const int CheckedAtOnce = 1 << 20;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    /// <summary>Maps a file.</summary>
    /// <param name="stream">The file; disposed with the map.</param>
    public MappedFile(FileStream stream)
    {
        Length = stream.Length;
        _map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    /// <summary>The bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Opens a file for <see cref="MappedFile(FileStream)"/>, so that it may be deleted while it is in use.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What such files are, for the error: <c>Token files</c>.</param>
    /// <exception cref="PlatformNotSupportedException">The machine keeps numbers the other way round.</exception>
    public static FileStream Open(string path, string kind) => BitConverter.IsLittleEndian
        ? new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 12)
        : throw new PlatformNotSupportedException($"{kind} are read on little-endian machines only.");

    /// <summary>A stretch of the file, not copied. The caller has made sure that it lies in the file.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">The number of values.</param>
    public ReadOnlySpan<T> Span<T>(long offset, int count)
        where T : unmanaged => new(_start + offset, count);

    /// <summary>The CRC-32C of a stretch of the file.</summary>
    /// <param name="offset">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    public uint ChecksumOf(long offset, long length)
    {
        var checksum = 0u;
        for (long done = 0; done < length; done += CheckedAtOnce)
            checksum = Checksum.Continue(checksum, Span<byte>(offset + done, (int)Math.Min(CheckedAtOnce, length - done)));
        return checksum;
    }

    /// <exception cref="ObjectDisposedException">The owner of the map has been disposed.</exception>
    public void RequireOpen(object owner) => ObjectDisposedException.ThrowIf(_disposed, owner);

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
