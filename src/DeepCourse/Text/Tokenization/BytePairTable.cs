using System.Numerics;

namespace DeepCourse.Text.Tokenization;

/// <summary>The merges by the numbers of their tokens: which pair becomes what, and how early.</summary>
internal sealed class BytePairTable
{
    private const ulong Free = ulong.MaxValue, Mixer = 0x9e3779b97f4a7c15;

    // Pairs at their hash or right behind it; half full at most, so that most look-ups read one place.
    private readonly ulong[] _pairs;
    private readonly ulong[] _merges;
    private readonly int _shift;
    private readonly int[] _bytes = new int[256];

    internal BytePairTable(TokenVocabulary vocabulary, IReadOnlyList<BytePairMerge> merges)
    {
        for (var value = 0; value < _bytes.Length; value++)
        {
            var character = ByteAlphabet.Of((byte)value);
            _bytes[value] = vocabulary.IndexOf([character]);
            if (_bytes[value] < 0 || !vocabulary.Contains([character]))
                throw new ArgumentException($"The vocabulary has no token for the byte {value} ('{character}'): not every text could be written.");
        }
        var bits = BitOperations.Log2((uint)merges.Count + 1) + 2;
        _shift = 64 - bits;
        (_pairs, _merges) = (new ulong[1 << bits], new ulong[1 << bits]);
        Array.Fill(_pairs, Free);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            var (left, right) = merges[rank];
            var key = Key(Require(vocabulary, left, merges[rank]), Require(vocabulary, right, merges[rank]));
            var place = PlaceOf(key);
            if (_pairs[place] == key) throw new ArgumentException($"The merge '{left} {right}' occurs twice.");
            _pairs[place] = key;
            _merges[place] = ((ulong)rank << 32) | (uint)Require(vocabulary, merges[rank].Merged, merges[rank]);
        }
    }

    /// <summary>The number of the token that is one byte.</summary>
    internal int OfByte(byte value) => _bytes[value];

    /// <summary>Looks a pair up.</summary>
    /// <param name="left">The number of the first token.</param>
    /// <param name="right">The number of the second.</param>
    /// <param name="rank">How many merges come before this one.</param>
    /// <param name="merged">The number of what they become.</param>
    internal bool TryGet(int left, int right, out int rank, out int merged)
    {
        var place = PlaceOf(Key(left, right));
        var merge = _merges[place];
        (rank, merged) = ((int)(merge >> 32), (int)(uint)merge);
        return _pairs[place] != Free;
    }

    // Where a pair is, or would be.
    private int PlaceOf(ulong key)
    {
        var place = (int)((key * Mixer) >> _shift);
        while (_pairs[place] != key && _pairs[place] != Free) place = (place + 1) & (_pairs.Length - 1);
        return place;
    }

    private static ulong Key(int left, int right) => ((ulong)left << 32) | (uint)right;

    private static int Require(TokenVocabulary vocabulary, string token, BytePairMerge merge) => vocabulary.Contains(token)
        ? vocabulary.IndexOf(token)
        : throw new ArgumentException($"The merge '{merge.Left} {merge.Right}' needs the token '{token}', which the vocabulary doesn't have.");
}
