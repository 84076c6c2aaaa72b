using DeepCourse.Tensors;

namespace DeepCourse.Data;

/// <summary>Tells broken and missing files, which may be skipped, from faults, which may not.</summary>
internal static class UnreadableFile
{
    /// <summary>Whether an exception says that a file is broken or can't be read.</summary>
    public static bool Explains(Exception exception) =>
        exception is DataFormatException or IOException or InvalidDataException or UnauthorizedAccessException;
}
