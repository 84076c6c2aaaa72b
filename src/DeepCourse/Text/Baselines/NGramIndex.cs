using System.Runtime.InteropServices;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Baselines;

/// <summary>Numbers the runs of tokens that occur, as a tree: each run is a shorter run and one more token, so that none
/// needs a text of its own.</summary>
internal sealed class NGramIndex(int longest)
{
    private readonly Dictionary<string, int> _tokens = [];
    private readonly Dictionary<ulong, int> _children = [];
    private readonly List<(int Shorter, int Token)> _nodes = [];
    private readonly List<string> _names = [];

    /// <summary>The number of different runs.</summary>
    public int Count => _nodes.Count;

    /// <summary>Numbers all runs of a document, new ones too.</summary>
    /// <param name="tokens">The document.</param>
    /// <param name="terms">Gets the runs' numbers, as often as they occur.</param>
    public void Add(TokenBuffer tokens, List<int> terms)
    {
        var lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<int> open = stackalloc int[longest];
        for (var i = 0; i < tokens.Count; i++)
        {
            ref var token = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, tokens[i], out var known);
            if (!known)
            {
                token = _names.Count;
                _names.Add(tokens[i].ToString());
            }
            // The runs that end here are those that ended one token earlier, and this token; longest first, so that
            // each is read before it is overwritten.
            for (var length = Math.Min(longest, i + 1); length >= 1; length--)
            {
                var shorter = length == 1 ? -1 : open[length - 2];
                ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_children, Key(shorter, token), out known);
                if (!known)
                {
                    node = _nodes.Count;
                    _nodes.Add((shorter, token));
                }
                open[length - 1] = node;
                terms.Add(node);
            }
        }
    }

    /// <summary>Finds the runs of a document that are known. Safe to call from several threads while nothing is added.</summary>
    /// <param name="tokens">The document.</param>
    /// <param name="terms">Gets the runs' numbers, as often as they occur.</param>
    public void Find(TokenBuffer tokens, List<int> terms)
    {
        var lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<int> open = stackalloc int[longest];
        open.Fill(-1);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!lookup.TryGetValue(tokens[i], out var token))
            {
                open.Fill(-1);
                continue;
            }
            for (var length = longest; length >= 1; length--)
            {
                var shorter = length == 1 ? -1 : open[length - 2];
                // A longer run is known only where the shorter one is.
                if (length > 1 && shorter < 0) open[length - 1] = -1;
                else if (_children.TryGetValue(Key(shorter, token), out open[length - 1])) terms.Add(open[length - 1]);
                else open[length - 1] = -1;
            }
        }
    }

    /// <summary>The tokens of a run, with a space between two.</summary>
    public string this[int term]
    {
        get
        {
            var (shorter, token) = _nodes[term];
            return shorter < 0 ? _names[token] : $"{this[shorter]} {_names[token]}";
        }
    }

    private static ulong Key(int shorter, int token) => ((ulong)(uint)(shorter + 1) << 32) | (uint)token;
}
