using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepCourse.Text.Tokenization;

/// <summary>Remembers how pieces of text were encoded. Each has one place where it may be; a later piece of the same place
/// takes it, so that the memory is bounded and the common ones come back soon.</summary>
internal sealed class PieceCache
{
    private const int SlotBits = 16, Longest = 40;
    private const ulong Mixer = 0x9e3779b97f4a7c15;

    private readonly Entry?[] _entries = new Entry?[1 << SlotBits];

    /// <summary>Looks a piece up.</summary>
    /// <param name="piece">The text.</param>
    /// <param name="slot">Where it may be added; -1 for pieces too long to come back.</param>
    /// <param name="tokens">The numbers of its tokens.</param>
    internal bool TryGet(ReadOnlySpan<char> piece, out int slot, out ReadOnlySpan<int> tokens)
    {
        tokens = default;
        slot = -1;
        if (piece.Length > Longest) return false;
        slot = SlotOf(piece);
        if (_entries[slot] is not { } entry || !piece.SequenceEqual(entry.Piece)) return false;
        tokens = entry.Tokens;
        return true;
    }

    internal void Add(int slot, ReadOnlySpan<char> piece, ReadOnlySpan<int> tokens) =>
        _entries[slot] = new(piece.ToString(), tokens.ToArray());

    private static int SlotOf(ReadOnlySpan<char> piece)
    {
        var hash = (ulong)piece.Length;
        for (; piece.Length >= 4; piece = piece[4..])
            hash = (BitOperations.RotateLeft(hash, 27) ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(piece))) * Mixer;
        foreach (var character in piece) hash = (BitOperations.RotateLeft(hash, 27) ^ character) * Mixer;
        return (int)(hash >> (64 - SlotBits));
    }

    private sealed record Entry(string Piece, int[] Tokens);
}
