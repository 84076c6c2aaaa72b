namespace DeepCourse.Tests.Vision.Backbones;

/// <summary>The picture by formula that the reference scripts feed to their networks too.</summary>
internal static class ReferencePattern
{
    /// <summary>Values 0..255, [1, 3, height, width], float32.</summary>
    public static Tensor Make(int height, int width)
    {
        var values = new float[3 * height * width];
        for (var c = 0; c < 3; c++)
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    values[(c * height + y) * width + x] = (x * x * 3 + y * 7 * (c + 1) + x * y + c * 50) % 256;
        return torch.tensor(values, [1, 3, height, width]);
    }
}
