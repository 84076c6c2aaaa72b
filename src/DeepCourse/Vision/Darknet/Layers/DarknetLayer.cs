namespace DeepCourse.Vision.Darknet.Layers;

/// <summary>One layer: it takes the answers of the layers in <see cref="Sources"/>, in that order.</summary>
internal abstract class DarknetLayer : Module<IReadOnlyList<Tensor>, Tensor>
{
    protected DarknetLayer(DarknetPlace place, DarknetShape shape, IReadOnlyList<int>? sources = null)
        : base($"{place.Index} {place.Section.Kind}") =>
        (Section, Index, Shape, Sources) = (place.Section, place.Index, shape, sources ?? [place.Previous]);

    public DarknetSection Section { get; }

    public int Index { get; }

    /// <summary>What it gives for a picture of the configured size.</summary>
    public DarknetShape Shape { get; }

    /// <summary>The numbers of the layers it reads; -1 is the picture.</summary>
    public IReadOnlyList<int> Sources { get; }

    /// <summary>What a <c>.weights</c> file holds of it, in the file's order.</summary>
    public virtual IReadOnlyList<DarknetRecord> Records => [];

    /// <summary>Whether it gives the same numbers under another shape, or its input itself.</summary>
    public virtual bool IsView => false;
}
