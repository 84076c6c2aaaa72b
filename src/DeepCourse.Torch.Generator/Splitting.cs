namespace DeepCourse.Torch.Generator;

/// <summary>Cuts lists of parameters at the commas that are not inside brackets.</summary>
internal static class Splitting
{
    public static List<string> AtCommas(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '(' or '[' or '<' or '{') depth++;
            else if (text[i] is ')' or ']' or '}' || (text[i] == '>' && text[i - 1] is not ('-' or '='))) depth--;
            else if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        if (text[start..].Trim() is { Length: > 0 } last) parts.Add(last);
        return parts;
    }

    /// <summary>The index of the bracket that closes the one at <paramref name="open"/>.</summary>
    public static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            else if (text[i] == ')' && --depth == 0) return i;
        }

        throw new FormatException($"unbalanced brackets in '{text}'");
    }
}
