namespace DeepCourse.Tensors;

/// <summary>A weight whose shape in the file differs from the module's.</summary>
/// <param name="Key">Name in the state dict, like <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Expected">Shape in the module.</param>
/// <param name="Actual">Shape in the file.</param>
public sealed record MisshapedWeight(string Key, IReadOnlyList<long> Expected, IReadOnlyList<long> Actual)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Key}: the module has [{string.Join(", ", Expected)}], the file has [{string.Join(", ", Actual)}]";
}
