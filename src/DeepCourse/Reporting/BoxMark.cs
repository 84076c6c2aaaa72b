namespace DeepCourse.Reporting;

/// <summary>What a box over a picture says; each kind has a line style and a colour of its own.</summary>
public enum MarkKind
{
    /// <summary>What is true: a dashed line.</summary>
    Truth,

    /// <summary>What was predicted: a solid line.</summary>
    Prediction,

    /// <summary>A prediction that is wrong: a solid line in the colour of alarm.</summary>
    Mistake,
}

/// <summary>A box over a picture, in the picture's pixels.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Bottom edge.</param>
/// <param name="Kind">Truth or prediction.</param>
/// <param name="Label">Text at the box; null for none.</param>
public sealed record BoxMark(double Left, double Top, double Right, double Bottom, MarkKind Kind, string? Label = null)
{
    /// <summary>How many colours there are; later ones start again.</summary>
    internal const int Colours = 8;

    /// <summary>A colour of its own, such as the index of a class; null for that of the kind.</summary>
    public int? Colour { get; init; }

    /// <summary>What the colour stands for, for the legend; null for no entry.</summary>
    public string? ColourName { get; init; }

    internal string Class => Colour is { } colour ? $"{KindClass} coloured k{(((colour % Colours) + Colours) % Colours) + 1}" : KindClass;

    private string KindClass => Kind switch { MarkKind.Truth => "truth", MarkKind.Prediction => "prediction", _ => "mistake" };
}
