namespace DeepCourse.Vision.Detection;

/// <summary>Whether every object gets an anchor, however little it overlaps.</summary>
public enum ForcedAnchor
{
    /// <summary>No: what overlaps too little is not learned.</summary>
    None,

    /// <summary>Every object gets the anchor it overlaps most; where two have the same, the later slot gets it.</summary>
    Best,

    /// <summary>Every object gets an anchor of its own: the pair with the greatest overlap of all is settled first, then
    /// the greatest among the others, and so on. Only an object that meets no anchor but those of others gets
    /// none.</summary>
    Bipartite,
}
