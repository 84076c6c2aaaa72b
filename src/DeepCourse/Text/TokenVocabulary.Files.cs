using System.Globalization;
using System.Text;
using DeepCourse.Tensors;

namespace DeepCourse.Text;

public sealed partial class TokenVocabulary
{
    private const string Title = "deepcourse-vocabulary";
    private const int FileVersion = 1;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes a UTF-8 text file: a line with the number of tokens and that of the unknown one, then a token on
    /// each line in the order of their numbers, with line breaks, control characters and backslashes escaped.</summary>
    /// <param name="path">The file to make or to replace; it appears whole or not at all.</param>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, Strict, 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($"{Title} {FileVersion} {Count} {UnknownIndex}");
        foreach (var token in _tokens) writer.WriteLine(TokenText.Escape(token));
    });

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">The file is truncated, damaged or of another kind; the message names the
    /// line.</exception>
    public static TokenVocabulary Load(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Read(stream, path);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, such as a resource of an assembly.</summary>
    /// <param name="stream">From its beginning.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="DataFormatException">The contents are truncated, damaged or of another kind.</exception>
    public static TokenVocabulary Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, Strict, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        try
        {
            return Read(reader, name);
        }
        catch (DecoderFallbackException exception)
        {
            throw new DataFormatException(name, "is not a vocabulary: its text is not UTF-8", exception);
        }
    }

    private static TokenVocabulary Read(StreamReader reader, string name)
    {
        var head = (reader.ReadLine() ?? "").Split(' ');
        if (head is not [Title, var version, var size, var special])
            throw DataFormatException.AtLine(name, 1, $"is not a vocabulary: expected '{Title} {FileVersion} SIZE UNKNOWN'");
        if (version != FileVersion.ToString(CultureInfo.InvariantCulture))
            throw DataFormatException.AtLine(name, 1, $"is a vocabulary of version {version}; version {FileVersion} can be read");
        if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(special, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var unknown)
            || unknown < -1 || unknown >= count)
            throw DataFormatException.AtLine(name, 1, $"'{size} {special}' are no size and number of the unknown token");

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        List<string> tokens = [];
        while (tokens.Count < count)
        {
            var line = tokens.Count + 2;
            var text = reader.ReadLine()
                ?? throw DataFormatException.AtLine(name, line, $"is truncated: {tokens.Count} of {count} tokens are there");
            var token = TokenText.Unescape(text)
                ?? throw DataFormatException.AtLine(name, line, $"'{text}' has a backslash that escapes nothing");
            if (!lines.TryAdd(token, line))
                throw DataFormatException.AtLine(name, line, $"the token '{text}' was on line {lines[token]} already");
            tokens.Add(token);
        }
        if (reader.ReadLine() is { } rest)
            throw DataFormatException.AtLine(name, count + 2, $"'{rest}' follows the last of {count} tokens");
        return new(tokens, unknown < 0 ? null : tokens[unknown]);
    }
}
