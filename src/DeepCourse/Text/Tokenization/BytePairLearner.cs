using System.Runtime.InteropServices;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Merges the commonest pair of neighbours, again and again, and keeps all counts up to date while it
/// does.</summary>
/// <remarks>Each pair knows the pieces it may be in, so that a merge touches those alone. The queue may hold counts that
/// have fallen since; they are put back with what they are now when they come up.</remarks>
internal sealed class BytePairLearner
{
    private readonly BytePairTraining _training;
    private readonly List<int[]> _pieces = [];
    private readonly List<long> _counts = [];
    private readonly Dictionary<ulong, Pair> _pairs = [];
    private readonly PriorityQueue<ulong, (long Count, ulong Key)> _queue = new(new CommonestFirst());
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _merged = [];
    private readonly HashSet<ulong> _touched = [];

    internal BytePairLearner(Dictionary<string, long> pieces, BytePairTraining training)
    {
        _training = training;
        foreach (var token in training.Options.SpecialTokens) NumberOf(token);
        foreach (var character in ByteAlphabet.Ordered) NumberOf(character.ToString());
        var bytes = new int[256];
        for (var value = 0; value < bytes.Length; value++) bytes[value] = _numbers[ByteAlphabet.Of((byte)value).ToString()];
        PieceCount = pieces.Count;
        foreach (var (piece, count) in pieces)
        {
            var symbols = Encoding.UTF8.GetBytes(piece).Select(value => bytes[value]).ToArray();
            // A piece of one byte has no pair.
            if (symbols.Length < 2) continue;
            _pieces.Add(symbols);
            _counts.Add(count);
            Count(_pieces.Count - 1, merged: -1);
        }
        EnqueueTouched();
    }

    /// <summary>The tokens so far: special ones, bytes, merged ones.</summary>
    internal List<string> Tokens { get; } = [];

    internal List<BytePairMerge> Merges { get; } = [];

    internal int PieceCount { get; }

    /// <summary>Does one merge; false when there are tokens enough or no pair is common enough.</summary>
    internal bool TryLearn()
    {
        while (Tokens.Count < _training.VocabularySize && _queue.TryDequeue(out var key, out var queued))
        {
            var pair = _pairs[key];
            if (queued.Count != pair.Count)
            {
                // Counts that rose were put into the queue when they did.
                if (pair.Count > 0 && pair.Count < queued.Count) _queue.Enqueue(key, (pair.Count, key));
                continue;
            }
            if (pair.Count < _training.MinCount) return false;
            var merge = new BytePairMerge(Tokens[(int)(key >> 32)], Tokens[(int)(uint)key]);
            if (_training.Options.SpecialTokens.Contains(merge.Merged)) continue;
            Apply(key, pair, NumberOf(merge.Merged));
            if (_merged.Add(key)) Merges.Add(merge);
            return true;
        }
        return false;
    }

    // Two merges may spell the same token; it keeps its number.
    private int NumberOf(string token)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, token, out var exists);
        if (exists) return number;
        number = Tokens.Count;
        Tokens.Add(token);
        return number;
    }

    private void Apply(ulong key, Pair pair, int merged)
    {
        var pieces = pair.Pieces;
        pair.Pieces = [];
        var (left, right) = ((int)(key >> 32), (int)(uint)key);
        foreach (var piece in pieces)
        {
            var symbols = _pieces[piece];
            if (!Has(symbols, left, right)) continue;
            for (var at = 1; at < symbols.Length; at++) _pairs[Key(symbols[at - 1], symbols[at])].Count -= _counts[piece];
            _pieces[piece] = Merge(symbols, left, right, merged);
            Count(piece, merged);
        }
        EnqueueTouched();
    }

    /// <summary>Counts the pairs of a piece; those with the merged token, or all for -1, are new in it.</summary>
    private void Count(int piece, int merged)
    {
        var symbols = _pieces[piece];
        for (var at = 1; at < symbols.Length; at++)
        {
            var key = Key(symbols[at - 1], symbols[at]);
            ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, key, out _);
            pair ??= new();
            pair.Count += _counts[piece];
            if (merged >= 0 && symbols[at - 1] != merged && symbols[at] != merged) continue;
            if (pair.Pieces.Count == 0 || pair.Pieces[^1] != piece) pair.Pieces.Add(piece);
            _touched.Add(key);
        }
    }

    private void EnqueueTouched()
    {
        foreach (var key in _touched) _queue.Enqueue(key, (_pairs[key].Count, key));
        _touched.Clear();
    }

    private static bool Has(int[] symbols, int left, int right)
    {
        for (var at = 1; at < symbols.Length; at++)
            if (symbols[at] == right && symbols[at - 1] == left)
                return true;
        return false;
    }

    private static int[] Merge(int[] symbols, int left, int right, int merged)
    {
        var kept = 0;
        for (var at = 0; at < symbols.Length; at++)
        {
            var isPair = symbols[at] == left && at + 1 < symbols.Length && symbols[at + 1] == right;
            symbols[kept++] = isPair ? merged : symbols[at];
            if (isPair) at++;
        }
        return symbols[..kept];
    }

    private static ulong Key(int left, int right) => ((ulong)left << 32) | (uint)right;

    private sealed class Pair
    {
        internal long Count { get; set; }

        internal List<int> Pieces { get; set; } = [];
    }

    private sealed class CommonestFirst : IComparer<(long Count, ulong Key)>
    {
        public int Compare((long Count, ulong Key) x, (long Count, ulong Key) y)
        {
            var byCount = y.Count.CompareTo(x.Count);
            return byCount != 0 ? byCount : x.Key.CompareTo(y.Key);
        }
    }
}
