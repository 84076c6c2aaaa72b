using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>A visible character for each byte, so that tokens of bytes can be written in a text file.</summary>
/// <remarks>GPT-2's table (Radford et al. 2019): the printable characters of Latin-1 stand for themselves, the 68 others
/// for those from U+0100 on, in their order. The space becomes "Ġ".</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] characters = Make();
    private static readonly short[] bytes = Invert();

    /// <summary>All characters in the order in which vocabularies number them.</summary>
    internal static IEnumerable<char> Ordered => characters.Order();

    internal static char Of(byte value) => characters[value];

    /// <summary>The byte that a character stands for; -1 if it is none of the alphabet.</summary>
    internal static int ByteOf(char character) => character < bytes.Length ? bytes[character] : -1;

    /// <summary>The bytes of a token. Characters outside the alphabet, which no token has, stand for themselves.</summary>
    internal static byte[] BytesOf(string token)
    {
        if (token.All(character => ByteOf(character) >= 0)) return [.. token.Select(character => (byte)ByteOf(character))];
        return Encoding.UTF8.GetBytes(token);
    }

    private static char[] Make()
    {
        var made = new char[256];
        var next = '\u0100';
        for (var value = 0; value < made.Length; value++)
        {
            var isVisible = value is (>= '!' and <= '~') or (>= 0xa1 and <= 0xac) or (>= 0xae and <= 0xff);
            made[value] = isVisible ? (char)value : next++;
        }
        return made;
    }

    private static short[] Invert()
    {
        var inverted = new short[characters.Max() + 1];
        Array.Fill(inverted, (short)-1);
        for (var value = 0; value < characters.Length; value++) inverted[characters[value]] = (short)value;
        return inverted;
    }
}
