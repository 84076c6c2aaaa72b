namespace DeepCourse.Vision.Detection;

/// <summary>Picks the object a picture is about: the one whose box is largest.</summary>
public static class LargestBox
{
    /// <summary>The item with the largest box.</summary>
    /// <typeparam name="T">An annotation.</typeparam>
    /// <param name="items">The objects of one picture.</param>
    /// <param name="boxOf">The box of an object.</param>
    /// <returns>The item; the first of equals; nothing (<see langword="default"/>) when every box is empty.</returns>
    public static T? Of<T>(IEnumerable<T> items, Func<T, PixelBox> boxOf)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(boxOf);
        var (largest, area) = (default(T), 0f);
        foreach (var item in items)
        {
            var candidate = boxOf(item).Area;
            if (!(candidate > area)) continue;
            (largest, area) = (item, candidate);
        }
        return largest;
    }

    /// <summary>The largest box.</summary>
    /// <param name="boxes">The boxes of one picture.</param>
    /// <returns>The box; the first of equals; null when every box is empty.</returns>
    public static PixelBox? Of(IEnumerable<PixelBox> boxes)
    {
        var largest = Of(boxes, box => box);
        return largest.IsEmpty ? null : largest;
    }
}
