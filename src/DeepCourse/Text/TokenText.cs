using System.Globalization;
using System.Text;

namespace DeepCourse.Text;

/// <summary>Tokens as lines of a text file: what can't stand in one is escaped with a backslash.</summary>
internal static class TokenText
{
    private const int HexDigits = 4;

    /// <summary>Writes line breaks, other control characters, backslashes and halves of surrogate pairs as
    /// <c>\n</c>, <c>\\</c>, <c>\u0007</c>.</summary>
    public static string Escape(string token)
    {
        var first = 0;
        while (first < token.Length && IsPlain(token, first)) first++;
        if (first == token.Length) return token;
        var text = new StringBuilder(token, 0, first, token.Length + HexDigits);
        for (var index = first; index < token.Length; index++)
        {
            var character = token[index];
            if (IsPlain(token, index)) text.Append(character);
            else if (character == '\\') text.Append("\\\\");
            else if (character == '\n') text.Append("\\n");
            else if (character == '\r') text.Append("\\r");
            else if (character == '\t') text.Append("\\t");
            else text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <summary>The way back; null where a backslash is followed by something that <see cref="Escape"/> doesn't
    /// write.</summary>
    public static string? Unescape(string text)
    {
        if (!text.Contains('\\')) return text;
        var token = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\')
            {
                token.Append(text[index]);
                continue;
            }
            if (++index == text.Length) return null;
            switch (text[index])
            {
                case '\\': token.Append('\\'); break;
                case 'n': token.Append('\n'); break;
                case 'r': token.Append('\r'); break;
                case 't': token.Append('\t'); break;
                case 'u' when index + HexDigits < text.Length && ushort.TryParse(
                    text.AsSpan(index + 1, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    token.Append((char)code);
                    index += HexDigits;
                    break;
                default: return null;
            }
        }
        return token.ToString();
    }

    private static bool IsPlain(string token, int index)
    {
        var character = token[index];
        if (char.IsHighSurrogate(character)) return index + 1 < token.Length && char.IsLowSurrogate(token[index + 1]);
        if (char.IsLowSurrogate(character)) return index > 0 && char.IsHighSurrogate(token[index - 1]);
        return character != '\\' && !char.IsControl(character);
    }
}
