namespace DeepCourse.Vision.Classification;

/// <summary>Leaves narrow types behind: the last layers are small, and rounding there would be seen in the
/// scores.</summary>
internal static class WideFloats
{
    public static Tensor Of(Tensor values) =>
        values.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? values.to(ScalarType.Float32) : values;
}
