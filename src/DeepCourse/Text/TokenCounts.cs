using System.Runtime.InteropServices;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text;

/// <summary>How often each token occurs in a corpus, in bounded memory.</summary>
/// <remarks>
/// When more distinct tokens than <see cref="Limit"/> have been met, the rarest half is forgotten (as in lossy counting;
/// Manku and Motwani 2002), so a count may be too low by at most <see cref="LostAtMost"/>. A corpus whose distinct
/// tokens stay under the limit is counted exactly. Not for several threads at once: give each its own and merge.
/// </remarks>
public sealed class TokenCounts
{
    /// <summary>The usual <see cref="Limit"/>: about half a gigabyte of words.</summary>
    public const int DefaultLimit = 4_000_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Begins with nothing counted.</summary>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    public TokenCounts(int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 2);
        (Limit, _lookup) = (limit, _counts.GetAlternateLookup<ReadOnlySpan<char>>());
    }

    /// <summary>The greatest number of distinct tokens that are remembered.</summary>
    public int Limit { get; }

    /// <summary>The number of distinct tokens that are remembered.</summary>
    public int Count => _counts.Count;

    /// <summary>The number of tokens counted, those forgotten included.</summary>
    public long Total { get; private set; }

    /// <summary>The number of documents counted.</summary>
    public long Documents { get; internal set; }

    /// <summary>By how much a count may be too low; 0 as long as nothing had to be forgotten.</summary>
    public long LostAtMost { get; private set; }

    /// <summary>The tokens that are remembered, with how often they occurred, in no order.</summary>
    public IEnumerable<KeyValuePair<string, long>> Pairs => _counts;

    /// <summary>How often a token occurred; 0 for tokens never met or forgotten.</summary>
    /// <param name="token">Compared exactly.</param>
    public long this[ReadOnlySpan<char> token] => _lookup.TryGetValue(token, out var count) ? count : 0;

    /// <summary>Counts a token.</summary>
    /// <param name="token">Compared exactly; becomes a string when it is met for the first time.</param>
    /// <param name="times">How often it occurred.</param>
    public void Add(ReadOnlySpan<char> token, long times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, token, out _) += times;
        Total += times;
        if (_counts.Count > Limit) ForgetRarest();
    }

    /// <summary>Counts the tokens of a text.</summary>
    /// <param name="tokens">As a tokenizer gave them.</param>
    public void Add(TokenBuffer tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        for (var index = 0; index < tokens.Count; index++) Add(tokens[index]);
    }

    /// <summary>Adds what was counted elsewhere.</summary>
    /// <param name="other">Stays as it is.</param>
    public void Merge(TokenCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var forgotten = other.Total;
        foreach (var (token, count) in other._counts)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, token, out _) += count;
            forgotten -= count;
            Total += count;
            if (_counts.Count > Limit) ForgetRarest();
        }
        Total += forgotten;
        Documents += other.Documents;
        LostAtMost += other.LostAtMost;
    }

    /// <summary>Forgets everything and keeps the memory.</summary>
    internal void Clear()
    {
        _counts.Clear();
        (Total, Documents, LostAtMost) = (0, 0, 0);
    }

    // All tokens of a count are forgotten together, so that what remains doesn't depend on the table's order.
    private void ForgetRarest()
    {
        var counts = new long[_counts.Count];
        _counts.Values.CopyTo(counts, 0);
        Array.Sort(counts);
        var threshold = counts[counts.Length / 2];
        foreach (var (token, count) in _counts)
            if (count <= threshold) _counts.Remove(token);
        LostAtMost += threshold;
    }
}
