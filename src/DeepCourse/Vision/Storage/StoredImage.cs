using System.Runtime.InteropServices;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Storage;

/// <summary>One row of a store's table, as it stands in the file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct StoredImage(
    long offset, int length, PixelSize size, int channels, StoredForm form, uint checksum, uint stamp)
{
    /// <summary>Bytes of a row.</summary>
    public const int RowSize = 32;

    /// <summary>The first byte in the file.</summary>
    public readonly long Offset = offset;

    /// <summary>The number of bytes.</summary>
    public readonly int Length = length;

    public readonly int Width = size.Width;

    public readonly int Height = size.Height;

    public readonly ushort Channels = (ushort)channels;

    public readonly StoredForm Form = form;

    /// <summary>CRC-32C of the bytes.</summary>
    public readonly uint Checksum = checksum;

    /// <summary>What the source was when it was stored (see <see cref="SourceStamp"/>).</summary>
    public readonly uint Stamp = stamp;

    public PixelSize Size => new(Width, Height);
}
