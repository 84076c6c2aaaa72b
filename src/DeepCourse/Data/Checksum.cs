using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepCourse.Data;

/// <summary>CRC-32C (Castagnoli), which processors compute; a part at a time, so that a build can be continued.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(0, bytes);

    /// <summary>The checksum of what <paramref name="checksum"/> is of, followed by more bytes.</summary>
    public static uint Continue(uint checksum, ReadOnlySpan<byte> bytes)
    {
        var crc = ~checksum;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var value in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    public static uint Continue(uint checksum, ReadOnlySpan<char> text) => Continue(checksum, MemoryMarshal.AsBytes(text));
}
