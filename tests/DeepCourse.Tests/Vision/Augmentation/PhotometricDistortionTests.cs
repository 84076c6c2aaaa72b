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
