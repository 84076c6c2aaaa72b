namespace DeepCourse.Data;

/// <summary>A step on the way from an item to a batch failed.</summary>
/// <param name="step">Name of the step, like <c>encode target</c>.</param>
/// <param name="item">Name of the item that was on the way.</param>
/// <param name="innerException">What went wrong.</param>
public sealed class DataBlockException(string step, string item, Exception innerException)
    : Exception($"The step '{step}' failed for {item}: {innerException.Message}", innerException)
{
    /// <summary>Name of the step, like <c>encode target</c>.</summary>
    public string Step { get; } = step;

    /// <summary>Name of the item that was on the way.</summary>
    public string Item { get; } = item;
}
