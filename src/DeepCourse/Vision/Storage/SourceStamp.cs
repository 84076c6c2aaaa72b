using System.Runtime.InteropServices;
using DeepCourse.Data;

namespace DeepCourse.Vision.Storage;

/// <summary>A number that changes when a picture does: of a file its path, length and time of writing, so that nothing has
/// to be read; else its bytes.</summary>
internal static class SourceStamp
{
    private const long NoFile = -1;

    public static uint OfFile(string path)
    {
        var file = new FileInfo(path);
        ReadOnlySpan<long> state = file.Exists ? [file.Length, file.LastWriteTimeUtc.Ticks] : [NoFile];
        return Checksum.Continue(Checksum.Of(MemoryMarshal.AsBytes(path.AsSpan())), MemoryMarshal.AsBytes(state));
    }

    public static uint OfBytes(ReadOnlySpan<byte> data) => Checksum.Of(data);

    public static uint OfPixels(Imaging.Image image)
    {
        ReadOnlySpan<int> shape = [image.Width, image.Height, image.Channels];
        return Checksum.Continue(Checksum.Of(MemoryMarshal.AsBytes(shape)), image.Pixels);
    }
}
