using System.Buffers;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>What one thread needs to encode: room for merging a piece, and the pieces that it has met.</summary>
internal sealed class BytePairWorkspace(BytePairTable table)
{
    // Most pieces are words; a long one is base64 or a wall of one letter, and its room isn't kept.
    private const int LongestKept = 1 << 16;

    // Up to here looking through all pairs for the earliest is quicker than a queue.
    private const int LongestSearched = 64;

    private const int NoMerge = int.MaxValue;

    private readonly PieceCache _cache = new();
    private readonly PriorityQueue<int, ulong> _queue = new();
    private byte[] _bytes = new byte[256];
    private int[] _tokens = new int[256], _next = new int[256], _previous = new int[256];

    internal ArrayBufferWriter<int> Numbers { get; } = new();

    /// <summary>The numbers of a piece's tokens; valid until the next call.</summary>
    internal ReadOnlySpan<int> Encode(ReadOnlySpan<char> piece)
    {
        if (_cache.TryGet(piece, out var slot, out var known)) return known;
        var tokens = Merge(piece);
        if (slot >= 0) _cache.Add(slot, piece, tokens);
        return tokens;
    }

    /// <summary>Gives back what an unusual text took.</summary>
    internal void Shrink()
    {
        Numbers.ResetWrittenCount();
        if (_tokens.Length <= LongestKept) return;
        (_bytes, _tokens, _next, _previous) = (new byte[256], new int[256], new int[256], new int[256]);
        _queue.TrimExcess();
    }

    // The earliest merge first, and of several places the leftmost: the queue has each pair of neighbours with rank and
    // place; those that a merge has changed since are recognised by their rank.
    private ReadOnlySpan<int> Merge(ReadOnlySpan<char> piece)
    {
        var count = Fill(piece);
        if (count <= LongestSearched) return _tokens.AsSpan(0, MergeShort(_tokens.AsSpan(0, count)));
        for (var at = 0; at < count; at++)
        {
            _previous[at] = at - 1;
            _next[at] = at + 1 < count ? at + 1 : -1;
        }
        for (var at = 0; at < count; at++) Enqueue(at);
        while (_queue.TryDequeue(out var at, out var priority))
        {
            if (_tokens[at] < 0 || _next[at] < 0) continue;
            var right = _next[at];
            if (!table.TryGet(_tokens[at], _tokens[right], out var rank, out var merged) || rank != (int)(priority >> 32)) continue;
            _tokens[at] = merged;
            _tokens[right] = -1;
            _next[at] = _next[right];
            if (_next[at] >= 0) _previous[_next[at]] = at;
            Enqueue(_previous[at]);
            Enqueue(at);
        }
        var kept = 0;
        for (var at = 0; at < count; at++)
            if (_tokens[at] >= 0)
                _tokens[kept++] = _tokens[at];
        return _tokens.AsSpan(0, kept);
    }

    private int Fill(ReadOnlySpan<char> piece)
    {
        var most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (most > _tokens.Length)
            (_bytes, _tokens, _next, _previous) = (new byte[most], new int[most], new int[most], new int[most]);
        var count = Encoding.UTF8.GetBytes(piece, _bytes);
        for (var at = 0; at < count; at++) _tokens[at] = table.OfByte(_bytes[at]);
        return count;
    }

    private int MergeShort(Span<int> tokens)
    {
        Span<int> ranks = stackalloc int[LongestSearched];
        Span<int> merged = stackalloc int[LongestSearched];
        for (var at = 0; at < tokens.Length; at++) Rank(tokens, at, ranks, merged);
        while (tokens.Length > 1)
        {
            var first = 0;
            for (var at = 1; at < tokens.Length - 1; at++)
                if (ranks[at] < ranks[first])
                    first = at;
            if (ranks[first] == NoMerge) break;
            tokens[first] = merged[first];
            tokens[(first + 2)..].CopyTo(tokens[(first + 1)..]);
            ranks[(first + 2)..tokens.Length].CopyTo(ranks[(first + 1)..]);
            merged[(first + 2)..tokens.Length].CopyTo(merged[(first + 1)..]);
            tokens = tokens[..^1];
            Rank(tokens, first, ranks, merged);
            if (first > 0) Rank(tokens, first - 1, ranks, merged);
        }
        return tokens.Length;
    }

    private void Rank(ReadOnlySpan<int> tokens, int at, Span<int> ranks, Span<int> merged)
    {
        if (at + 1 == tokens.Length || !table.TryGet(tokens[at], tokens[at + 1], out ranks[at], out merged[at])) ranks[at] = NoMerge;
    }

    private void Enqueue(int at)
    {
        if (at < 0 || _next[at] < 0 || !table.TryGet(_tokens[at], _tokens[_next[at]], out var rank, out _)) return;
        _queue.Enqueue(at, ((ulong)rank << 32) | (uint)at);
    }
}
