using DeepCourse.Tensors;
using DeepCourse.Tensors.Formats;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Transfer;

/// <summary>Reads the lists of tokens that fastai pickled beside its language models.</summary>
internal static class FastaiVocabulary
{
    // Versions 1 and 2 fill a vocabulary up to a multiple of eight with this token, over and over.
    private const string Filling = "xxfake";

    // What fastai 0.7 called the special tokens.
    private static readonly Dictionary<string, string> OldNames = new(StringComparer.Ordinal)
    {
        ["_unk_"] = SpecialToken.Unknown,
        ["_pad_"] = SpecialToken.Padding,
        ["xbos"] = SpecialToken.Begin,
        ["_bos_"] = SpecialToken.Begin,
        ["_eos_"] = SpecialToken.End,
        ["xfld"] = SpecialToken.Field,
        ["tk_rep"] = SpecialToken.RepeatedCharacter,
        ["tk_wrep"] = SpecialToken.RepeatedWord,
        ["t_up"] = SpecialToken.Upper,
    };

    public static TokenVocabulary Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        if (new Unpickler(new(stream, path)).Read() is not List<object?> items)
            throw new DataFormatException(path, "expected a pickled list of tokens");
        var tokens = new string[items.Count];
        for (var index = 0; index < tokens.Length; index++)
            tokens[index] = items[index] as string ?? throw new DataFormatException(
                path, $"expected a list of tokens; number {index} is {(items[index] is null ? "None" : $"a {items[index]!.GetType().Name}")}");
        var known = tokens.ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < tokens.Length; index++)
        {
            if (OldNames.TryGetValue(tokens[index], out var name) && known.Add(name)) tokens[index] = name;
            else if (tokens[index] == Filling) tokens[index] = $"{Filling}{index}";
        }
        try
        {
            return new(tokens, known.Contains(SpecialToken.Unknown) ? SpecialToken.Unknown : null);
        }
        catch (ArgumentException exception)
        {
            throw new DataFormatException(path, exception.Message, exception);
        }
    }
}
