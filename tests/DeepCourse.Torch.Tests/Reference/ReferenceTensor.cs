namespace DeepCourse.Torch.Tests.Reference;

/// <summary>A tensor in a reference file.</summary>
internal sealed record ReferenceTensor(string Kind, long[] Shape, double[] Data)
{
    public Tensor ToTensor() => Kind switch
    {
        "float" => tensor(Array.ConvertAll(Data, value => (float)value), Shape),
        "long" => tensor(Array.ConvertAll(Data, value => (long)value), Shape),
        _ => throw new NotSupportedException(Kind),
    };

    /// <summary>Fails unless shape and values agree, to a relative error measured at the largest value.</summary>
    public void ShouldEqual(Tensor actual, string what, double relative = 1e-5)
    {
        Assert.True(Shape.AsSpan().SequenceEqual(actual.shape),
            $"{what}: shape [{string.Join(", ", actual.shape)}], expected [{string.Join(", ", Shape)}]");
        using var values = actual.detach().to(ScalarType.Float64).reshape(-1);
        var found = values.data<double>().ToArray();
        var scale = Data.Length == 0 ? 0 : Data.Max(Math.Abs);
        for (var index = 0; index < Data.Length; index++)
        {
            var allowed = relative * Math.Abs(Data[index]) + relative * 0.1 * scale + 1e-9;
            Assert.True(Math.Abs(found[index] - Data[index]) <= allowed,
                $"{what}[{index}]: {found[index]:r}, expected {Data[index]:r}");
        }
    }
}
