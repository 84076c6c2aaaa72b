namespace DeepCourse.Reporting;

/// <summary>Pictures side by side, with boxes, labels and captions.</summary>
/// <param name="Title">Heading; may be empty.</param>
/// <param name="Pictures">The pictures, in reading order.</param>
public sealed record ImageGrid(string Title, IReadOnlyList<Picture> Pictures) : Figure(Title)
{
    /// <summary>Narrowest width of a picture on the page, in CSS pixels; the grid fits as many columns as there is room for.</summary>
    public int CellWidth { get; init; } = 210;

    /// <inheritdoc/>
    protected override string Kind => "pictures";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        var boxes = Pictures.SelectMany(p => p.Boxes).ToList();
        var kinds = boxes.Where(b => b.ColourName is null).Select(b => b.Kind).ToHashSet();
        if (boxes.Count > 0)
        {
            markup.Open("ul", ("class", "legend boxes"));
            if (kinds.Contains(MarkKind.Truth)) markup.Element("li", "truth", ("class", "truth"));
            if (kinds.Contains(MarkKind.Prediction)) markup.Element("li", "prediction", ("class", "prediction"));
            if (kinds.Contains(MarkKind.Mistake)) markup.Element("li", "mistaken prediction", ("class", "mistake"));
            foreach (var named in boxes.Where(b => b.ColourName is not null).DistinctBy(b => b.ColourName).OrderBy(b => b.Colour))
                markup.Element("li", named.ColourName!, ("class", named.Class));
            markup.Close("ul");
        }
        markup.Open("div", ("class", "grid"), ("style", $"--cell:{CellWidth}px"), ("role", "group"), ("aria-label", Description));
        foreach (var picture in Pictures) Write(markup, picture);
        markup.Close("div");
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{Pictures.Count} pictures{(Title.Length > 0 ? $": {Title}" : "")}";

    private static void Write(Markup markup, Picture picture)
    {
        markup.Open("div", ("class", "picture")).Open("div", ("class", "view"));
        markup.Empty("img", ("src", picture.DataUri), ("alt", picture.Alt), ("width", $"{picture.Width}"), ("height", $"{picture.Height}"));
        if (picture.Boxes.Count > 0)
        {
            markup.Open("svg", ("viewBox", $"0 0 {picture.Width} {picture.Height}"), ("preserveAspectRatio", "none"), ("aria-hidden", "true"));
            foreach (var box in picture.Boxes)
            {
                // A dark line below the coloured one keeps the box visible on any photograph.
                Rectangle(markup, picture, box, "halo");
                Rectangle(markup, picture, box, box.Class);
            }
            markup.Close("svg");
            foreach (var box in picture.Boxes.Where(b => b.Label is { Length: > 0 })) Label(markup, picture, box);
        }
        markup.Close("div");
        if (picture.Caption is not null)
        {
            markup.Open("p", ("class", picture.Correct switch { true => "right", false => "wrong", null => null }));
            if (picture.Correct is { } correct) markup.Raw(correct ? "<b>✓</b> " : "<b>✗</b> ");
            markup.Inline(picture.Caption).Close("p");
        }
        markup.Close("div");
    }

    private static void Rectangle(Markup markup, Picture picture, BoxMark box, string @class)
    {
        // A box may reach outside its picture; what is outside can't be drawn.
        var (left, right) = (Math.Clamp(Math.Min(box.Left, box.Right), 0, picture.Width), Math.Clamp(Math.Max(box.Left, box.Right), 0, picture.Width));
        var (top, bottom) = (Math.Clamp(Math.Min(box.Top, box.Bottom), 0, picture.Height), Math.Clamp(Math.Max(box.Top, box.Bottom), 0, picture.Height));
        if (!double.IsFinite(left + right + top + bottom)) return;
        markup.Empty("rect", ("class", @class), ("x", Markup.Coordinate(left)), ("y", Markup.Coordinate(top)),
            ("width", Markup.Coordinate(right - left)), ("height", Markup.Coordinate(bottom - top)));
    }

    // Labels are HTML over the picture, so their size doesn't depend on the picture's. Truth stands at the box's top, a prediction at its foot.
    private static void Label(Markup markup, Picture picture, BoxMark box)
    {
        string Share(double part, double whole) => Markup.Coordinate(Math.Clamp(double.IsFinite(part) ? part / whole : 0, 0, 1) * 100) + "%";
        var horizontal = box.Left > picture.Width * 0.6 && box.Right > picture.Width * 0.8
            ? $"right:{Share(picture.Width - box.Right, picture.Width)}"
            : $"left:{Share(Math.Min(box.Left, picture.Width * 0.7), picture.Width)}";
        var vertical = box.Kind == MarkKind.Truth
            ? $"top:{Share(Math.Min(box.Top, picture.Height * 0.88), picture.Height)}"
            : $"bottom:{Share(Math.Min(picture.Height - box.Bottom, picture.Height * 0.88), picture.Height)}";
        markup.Element("span", box.Label!, ("class", $"tag {box.Class}"), ("style", $"{horizontal};{vertical}"));
    }
}
