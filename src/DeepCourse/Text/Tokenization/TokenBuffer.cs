namespace DeepCourse.Text.Tokenization;

/// <summary>Tokens one after the other in one piece of memory, so that a corpus goes through without a string for each
/// word.</summary>
public sealed class TokenBuffer
{
    private char[] _characters = new char[4096];
    private int[] _ends = new int[1024];

    /// <summary>The number of tokens.</summary>
    public int Count { get; private set; }

    /// <summary>The number of characters of all tokens.</summary>
    public int Length => Count == 0 ? 0 : _ends[Count - 1];

    /// <summary>A token; valid until the next <see cref="Add(ReadOnlySpan{char})"/> or <see cref="Clear"/>.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var start = index == 0 ? 0 : _ends[index - 1];
            return _characters.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>Appends a token.</summary>
    /// <param name="token">Its characters; copied.</param>
    public void Add(ReadOnlySpan<char> token)
    {
        var start = Length;
        if (start + token.Length > _characters.Length) Array.Resize(ref _characters, Math.Max(2 * _characters.Length, start + token.Length));
        if (Count == _ends.Length) Array.Resize(ref _ends, 2 * Count);
        token.CopyTo(_characters.AsSpan(start));
        _ends[Count++] = start + token.Length;
    }

    /// <summary>Forgets the tokens and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>The tokens as strings.</summary>
    public string[] ToArray()
    {
        var tokens = new string[Count];
        for (var index = 0; index < Count; index++) tokens[index] = this[index].ToString();
        return tokens;
    }
}
