using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>One picture's part of a frame.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Placement">Which part of it is seen, and where.</param>
internal sealed record Tile(MarkedPicture Picture, Placement Placement)
{
    /// <summary>The objects that can be seen, as shares of the frame.</summary>
    /// <param name="leastVisible">An object of which less is seen is left out, unless its middle is seen.</param>
    public IEnumerable<LabeledBox> Objects(double leastVisible)
    {
        var into = PixelBox.FromArea(Placement.Into);
        for (var item = 0; item < Picture.Boxes.Count; item++)
        {
            var whole = Placement.Map(Picture.Boxes[item]);
            var visible = whole.Intersect(into);
            if (visible.IsEmpty || (visible.Area < leastVisible * whole.Area && !into.Holds(whole.Center))) continue;
            // A sliver of a pixel can vanish when it is rounded to shares.
            var share = visible.ToUnit(Placement.Frame).Clip();
            if (!share.IsEmpty) yield return new(Picture.Classes[item], share);
        }
    }
}
