namespace DeepCourse.Tensors;

/// <summary>A file (or a stream) is not what its format promises: truncated, corrupted, or of another kind.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Reports a broken file.</summary>
    /// <param name="path">The file, or a name for the stream it came from.</param>
    /// <param name="problem">What was expected and what was found, without the path.</param>
    /// <param name="innerException">The cause, when another library reported it.</param>
    public DataFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    private DataFormatException(string path, string problem, string place)
        : base($"{path}: {problem} ({place})") => Path = path;

    /// <summary>The file, or a name for the stream it came from.</summary>
    public string Path { get; }

    /// <summary>Where in the file the problem is, counted in bytes from 0, when known.</summary>
    public long? Byte { get; private init; }

    /// <summary>Where in a text file the problem is, counted in lines from 1, when known.</summary>
    public int? Line { get; private init; }

    /// <summary>A problem at a known byte of a binary file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">Offset in bytes from the start of the file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <returns>The exception to throw.</returns>
    public static DataFormatException AtByte(string path, long position, string problem) =>
        new(path, problem, $"byte {position}") { Byte = position };

    /// <summary>A problem at a known line of a text file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">Line number, from 1.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <returns>The exception to throw.</returns>
    public static DataFormatException AtLine(string path, int line, string problem) =>
        new(path, problem, $"line {line}") { Line = line };
}
