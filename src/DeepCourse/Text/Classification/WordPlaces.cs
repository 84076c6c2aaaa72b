using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Classification;

/// <summary>The words that a reader sees in a text's tokens, and the token of each.</summary>
internal static class WordPlaces
{
    private const int MostRepeats = 20;
    private const string Closing = ".,;:!?)]}%…";

    /// <summary>A word, the place of its token, and whether it stands close to the word before.</summary>
    public readonly record struct Place(string Word, int Token, bool FollowsClosely);

    /// <summary>Finds the words. Tokens that only say how the next one is written belong to it; a text's beginning and end
    /// are no words.</summary>
    public static IReadOnlyList<Place> Of(ITextEncoder encoder, string text, int[] ids)
    {
        if (encoder is not WordEncoder words) return Pieces(encoder, ids);
        // The text's own tokens where they can be had: the vocabulary knows only that a word was unknown.
        var buffer = new TokenBuffer();
        words.Tokenizer.Tokenize(text, buffer);
        string[] tokens = buffer.ToArray();
        if (tokens.Length + 1 == ids.Length) tokens = [SpecialToken.Begin, .. tokens];
        if (tokens.Length != ids.Length) tokens = [.. ids.Select(id => encoder.Vocabulary[id])];

        var places = new List<Place>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] is SpecialToken.Begin or SpecialToken.End or SpecialToken.Padding || string.IsNullOrWhiteSpace(tokens[i])) continue;
            var marks = i + 1 < tokens.Length;
            if (tokens[i] == SpecialToken.Field && marks) i++;
            else if (tokens[i] == SpecialToken.Capitalized && marks) Add(++i, Capitalize(tokens[i]));
            else if (tokens[i] == SpecialToken.Upper && marks) Add(++i, tokens[i].ToUpperInvariant());
            else if (Repeats(tokens, i) is { } times)
            {
                var separator = tokens[i] == SpecialToken.RepeatedWord ? " " : "";
                i += 2;
                Add(i, string.Join(separator, Enumerable.Repeat(tokens[i], times)));
            }
            else Add(i, tokens[i]);
        }
        return places;

        void Add(int token, string word) => places.Add(new(word, token, places.Count > 0 && IsClose(word)));
    }

    // Tokens that are parts of words bring the space before a word with them.
    private static List<Place> Pieces(ITextEncoder encoder, int[] ids)
    {
        var places = new List<Place>();
        for (var i = 0; i < ids.Length; i++)
        {
            var piece = encoder.Decode(ids.AsSpan(i, 1));
            if (piece.Length > 0) places.Add(new(piece.Trim(), i, places.Count > 0 && !char.IsWhiteSpace(piece[0])));
        }
        return places;
    }

    private static int? Repeats(string[] tokens, int i) =>
        tokens[i] is SpecialToken.RepeatedCharacter or SpecialToken.RepeatedWord
        && i + 2 < tokens.Length
        && int.TryParse(tokens[i + 1], out var times) && times > 0
            ? Math.Min(times, MostRepeats)
            : null;

    private static string Capitalize(string word) =>
        word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static bool IsClose(string word) =>
        word.Length > 0 && (word.All(Closing.Contains) || word is "n't" or "n’t" || (word.Length > 1 && word[0] is '\'' or '’'));
}
