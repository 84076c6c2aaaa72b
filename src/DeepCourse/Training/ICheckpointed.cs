namespace DeepCourse.Training;

/// <summary>A callback with a memory that a resumed run must have back: a best value, averaged weights.</summary>
/// <remarks>
/// <b>Extending.</b> Write what <see cref="LoadState"/> reads, in the same order. Loading happens after
/// <see cref="Callback.BeforeFit"/>, so it may rely on what that has set up.
/// </remarks>
public interface ICheckpointed
{
    /// <summary>Writes the memory.</summary>
    /// <param name="writer">Belongs to the caller.</param>
    void SaveState(BinaryWriter writer);

    /// <summary>Reads the memory back.</summary>
    /// <param name="reader">Belongs to the caller.</param>
    void LoadState(BinaryReader reader);
}
