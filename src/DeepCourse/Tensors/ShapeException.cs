namespace DeepCourse.Tensors;

/// <summary>A tensor has another shape than the method needs.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Describes the difference.</summary>
    /// <param name="parameter">The name of the argument.</param>
    /// <param name="expected">What was expected, such as <c>[batch, 3, height, width]</c>.</param>
    /// <param name="actual">The shape that was given.</param>
    /// <param name="hint">How to get from one to the other, where that is clear.</param>
    public ShapeException(string parameter, string expected, IReadOnlyList<long> actual, string? hint = null)
        : base(Describe(parameter, expected, actual, hint), parameter) => (Expected, Actual) = (expected, actual);

    /// <summary>What was expected, such as <c>[batch, 3, height, width]</c>.</summary>
    public string Expected { get; }

    /// <summary>The shape that was given.</summary>
    public IReadOnlyList<long> Actual { get; }

    private static string Describe(string parameter, string expected, IReadOnlyList<long> actual, string? hint)
    {
        var text = $"{parameter}: expected the shape {expected}, got [{string.Join(", ", actual)}]";
        return hint is null ? text : $"{text}; {hint}";
    }
}
