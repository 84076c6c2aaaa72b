namespace DeepCourse.Vision.Storage;

/// <summary>What the bytes of a stored picture are; the numbers stand in files.</summary>
internal enum StoredForm : ushort
{
    /// <summary>Nothing: the picture could not be read when the store was built.</summary>
    Missing = 0,

    /// <summary>Samples, [height, width, channels].</summary>
    Pixels = 1,

    /// <summary>A JPEG file.</summary>
    Jpeg = 2,
}
