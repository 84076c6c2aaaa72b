using DeepCourse.Vision.Augmentation;

namespace DeepCourse.Tests.Vision.Augmentation;

public sealed class PhotometricDistortionTests
{
    [Fact]
    public void Draw_KeepsWithinItsAmounts_AndLeavesPlaces()
    {
        var draw = new Augmenter(new PhotometricDistortion()).Draw(4000, 1, new Random(1));

        Assert.True(draw.LeavesPlaces);
        // What becomes of middle grey: only brightness and contrast change it.
        var greys = draw.Colours.Select(map => ((map.Matrix[0] + map.Matrix[1] + map.Matrix[2]) * 0.5) + map.Offset).ToList();
        Assert.InRange(greys.Min(), (0.5 - (32 / 255.0)) * 0.5, 0.25);
        Assert.InRange(greys.Max(), 0.75, (0.5 + (32 / 255.0)) * 1.5);
        Assert.InRange(greys.Count(grey => Math.Abs(grey - 0.5) < 1e-9), 900, 1100);
    }

    [Fact]
    public void Draw_InEitherOrderOfTheMemory_ColoursAlike()
    {
        using var scope = torch.NewDisposeScope();
        var maps = new Augmenter(new PhotometricDistortion()).Draw(5, 1, new Random(4)).Colours;
        var images = torch.rand(5, 3, 6, 7);
        var channelsLast = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

        var (one, other) = (BatchColours.Apply(images, maps), BatchColours.Apply(channelsLast, maps));

        Assert.True(one.allclose(other, rtol: 0, atol: 1e-6));
        var (map, pixel) = (maps[3], Enumerable.Range(0, 3).Select(channel => images[3, channel, 2, 4].item<float>()).ToArray());
        for (var row = 0; row < 3; row++)
        {
            var expected = Enumerable.Range(0, 3).Sum(column => map.Matrix[(3 * row) + column] * pixel[column]) + map.Offset;
            Assert.Equal(Math.Clamp(expected, 0, 1), one[3, row, 2, 4].item<float>(), 1e-5);
        }
    }

    [Fact]
    public void Draw_EachChange_HappensHalfOfTheTime()
    {
        var light = new PhotometricDistortion(MostContrast: 0, MostSaturation: 0, MostDegrees: 0);
        var contrast = new PhotometricDistortion(0, MostSaturation: 0, MostDegrees: 0);
        var colours = new PhotometricDistortion(0, 0, MostDegrees: 0);
        var hue = new PhotometricDistortion(0, 0, 0);
        foreach (var one in (PhotometricDistortion[])[light, contrast, colours, hue])
        {
            var changed = new Augmenter(one).Draw(2000, 1, new Random(2)).Colours
                .Count(map => Math.Abs(map.Offset) > 1e-9 || Math.Abs(map.Matrix[0] - 1) > 1e-9);
            Assert.InRange(changed, 900, 1100);
        }
    }
}
