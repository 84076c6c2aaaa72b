namespace DeepCourse.Data;

/// <summary>The stage whose data were last learned from; null before any were.</summary>
internal sealed class StageInUse
{
    public int? Index { get; set; }
}
