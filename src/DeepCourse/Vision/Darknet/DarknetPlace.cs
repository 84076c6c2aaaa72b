namespace DeepCourse.Vision.Darknet;

/// <summary>Where a layer stands: what it is made of, and the shapes of all that comes before it.</summary>
/// <param name="Section">Its section.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Image">The shape of the picture.</param>
/// <param name="Before">The shapes of the layers before it.</param>
internal readonly record struct DarknetPlace(
    DarknetSection Section, int Index, DarknetShape Image, IReadOnlyList<DarknetShape> Before)
{
    /// <summary>The number of the layer before; -1 stands for the picture.</summary>
    public int Previous => Index - 1;

    /// <summary>The shape that comes in.</summary>
    public DarknetShape Input => Index == 0 ? Image : Before[Index - 1];

    /// <summary>The number of the layer that an option points to: negative counts back from here, else from the
    /// first.</summary>
    public int Resolve(int number, string key)
    {
        var index = number < 0 ? Index + number : number;
        return index >= 0 && index < Index
            ? index
            : throw Section.Fault($"'{key}' points from layer {Index} to layer {index}; expected 0 to {Index - 1}", key);
    }
}
