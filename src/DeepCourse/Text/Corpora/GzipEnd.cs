using System.Buffers.Binary;

namespace DeepCourse.Text.Corpora;

/// <summary>Tells whether a gzip file ends where it should: .NET's stream ends without an error where the file
/// does.</summary>
internal static class GzipEnd
{
    private const int SmallestMember = 18;
    private static readonly byte[] Begin = [0x1F, 0x8B, 0x08];

    /// <summary>Whether the end is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unpacked">How many bytes came out of it.</param>
    /// <remarks>A member's last four bytes are its size, modulo 2^32 (RFC 1952, section 2.3.1). In a file of several members
    /// that is less than what came out; a file that ends too early shows four bytes of anything. So a file with more than
    /// one beginning passes wrongly in a few cases of thousands.</remarks>
    public static bool IsMissing(string path, long unpacked)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (file.Length < SmallestMember) return true;
        file.Position = file.Length - sizeof(uint);
        Span<byte> size = stackalloc byte[sizeof(uint)];
        file.ReadExactly(size);
        var last = BinaryPrimitives.ReadUInt32LittleEndian(size);
        return last != (uint)unpacked && (last > unpacked || !HasSeveralMembers(file));
    }

    private static bool HasSeveralMembers(FileStream file)
    {
        var block = new byte[1 << 16];
        file.Position = 1;
        for (var kept = 0; ;)
        {
            var count = file.Read(block, kept, block.Length - kept);
            if (count == 0) return false;
            var filled = block.AsSpan(0, kept + count);
            if (filled.IndexOf(Begin) >= 0) return true;
            kept = Math.Min(Begin.Length - 1, filled.Length);
            filled[^kept..].CopyTo(block);
        }
    }
}
