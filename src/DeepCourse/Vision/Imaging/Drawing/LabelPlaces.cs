namespace DeepCourse.Vision.Imaging.Drawing;

/// <summary>Finds places for the labels of boxes in one picture that do not cover each other.</summary>
internal sealed class LabelPlaces(PixelSize picture)
{
    private readonly List<PixelRectangle> _taken = [];

    /// <summary>Takes the first free place of: above the box, at its top, at its foot, below it. A crowd may leave
    /// none; then the label shares the first.</summary>
    public PixelRectangle Take(PixelRectangle box, PixelSize label)
    {
        int[] tops = [box.Top - label.Height, box.Top, box.Bottom - label.Height, box.Bottom];
        var places = tops
            .Where(top => top >= 0 && top + label.Height <= picture.Height)
            .Select(top => PixelRectangle.At(box.Left, top, label).Inside(picture))
            .DefaultIfEmpty(PixelRectangle.At(box.Left, box.Top, label).Inside(picture))
            .ToList();
        var free = places.FindIndex(place => !_taken.Exists(place.Meets));
        var chosen = places[Math.Max(free, 0)];
        _taken.Add(chosen);
        return chosen;
    }
}
