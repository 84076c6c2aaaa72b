using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Augmentation;

public sealed class BatchGeometryTests
{
    public static TheoryData<string> Kinds => new(Geometries.Keys);

    private static Dictionary<string, GeometricAugmentation> Geometries => new()
    {
        ["flip"] = new Flip(),
        ["flip vertically"] = new Flip(Vertically: true),
        ["rotate"] = Rotate.UpTo(40),
        ["zoom"] = new Zoom(0.7, 1.4),
        ["shift"] = Shift.UpTo(0.2),
        ["warp"] = Warp.UpTo(0.2),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_PicturesMasksBoxesAndPoints_MoveTogether(string kind)
    {
        using var scope = torch.NewDisposeScope();
        var size = new PixelSize(96, 64);
        var boxes = Enumerable.Range(0, 12).Select(i => PixelBox.FromSize(8 + (4 * i), 6 + (2 * i), 30, 24)).ToArray();
        var draw = new Augmenter(Geometries[kind] with { Probability = 1 }).Draw(
            boxes.Length, size.AspectRatio, new Random(7));
        AssertAgree(draw, size, boxes);
    }

    [Fact]
    public void Draw_AllTogether_AgreeAsWell()
    {
        using var scope = torch.NewDisposeScope();
        var size = new PixelSize(80, 80);
        var boxes = Enumerable.Range(0, 24).Select(i => PixelBox.FromSize(10 + i, 40 - i, 30, 36)).ToArray();
        var augmenter = new Augmenter(
            new Dihedral(), Rotate.UpTo(20), new Zoom(0.8, 1.3), Warp.UpTo(0.15), Lighting.UpTo(0.1),
            Contrast.UpTo(0.1));
        AssertAgree(augmenter.Draw(boxes.Length, 1, new Random(11)), size, boxes);
    }

    [Fact]
    public void ToImages_Flip_IsExact()
    {
        using var scope = torch.NewDisposeScope();
        var image = new Image(9, 6, 3);
        new Random(1).NextBytes(image.Pixels);
        var batch = ImageBatch.Of([image, image]);
        var draw = new Augmenter(new Flip { Probability = 1 }).Draw(2, 1.5, new Random(1));
        var result = ImageBatch.ToBytes(draw.ToImages(batch, ImageStatistics.ImageNet), ImageStatistics.ImageNet);
        Assert.Equal(image.FlipHorizontally().Pixels, ImageBatch.ToImage(result, 1).Pixels);
    }

    [Fact]
    public void ToImages_QuarterTurn_IsExact()
    {
        using var scope = torch.NewDisposeScope();
        var image = new Image(10, 10, 3);
        new Random(1).NextBytes(image.Pixels);
        var draw = new Augmenter(new FixedTurn()).Draw(1, 1, new Random(1));
        var result = draw.ToImages(ImageBatch.Of([image]), ImageStatistics.None);
        Assert.Equal(
            ExifOrientation.Rotate90.Apply(image).Pixels,
            PictureEncoding.ToImage(result, 0, ImageStatistics.None).Pixels);
    }

    [Fact]
    public void ToBoxes_PushedOut_AreDroppedAndZero()
    {
        using var scope = torch.NewDisposeScope();
        var draw = new Augmenter(new FixedShift()).Draw(1, 1, new Random(1));
        var boxes = torch.tensor(
            new float[] { 0.1f, 0.2f, 0.3f, 0.4f, 0.6f, 0.2f, 0.9f, 0.4f, 0.5f, 0.5f, 0.5f, 0.5f }, [1, 3, 4]);
        var (moved, kept) = draw.ToBoxes(boxes);
        Assert.Equal([true, false, false], kept.data<bool>().ToArray());
        float[] expected = [0.6f, 0.2f, 0.8f, 0.4f, 0, 0, 0, 0, 0, 0, 0, 0];
        foreach (var (edge, actual) in expected.Zip(moved.data<float>().ToArray())) Assert.Equal(edge, actual, 1e-5f);
        var (single, one) = draw.ToBoxes(boxes[0, 0].unsqueeze(0));
        Assert.Equal([1, 4], single.shape);
        Assert.Equal([1], one.shape);
    }

    [Fact]
    public void ToMasks_KeepTypeAndLabels()
    {
        using var scope = torch.NewDisposeScope();
        var masks = torch.arange(48 * 2, ScalarType.Int64).reshape(2, 6, 8).remainder(21);
        var moved =
            new Augmenter(Rotate.UpTo(30) with { Probability = 1 }).Draw(2, 8.0 / 6, new Random(3)).ToMasks(masks);
        Assert.Equal((ScalarType.Int64, 20L), (moved.dtype, moved.max().item<long>()));
        Assert.Equal(masks.shape, moved.shape);
    }

    [Fact]
    public void Homography_ThenAndInverse_FollowPoints()
    {
        var first = Homography.Rotate(25, 1.5).Then(Homography.Affine(1.2, 0, 0.1, 0, 0.9, -0.2));
        var both = first.Then(Homography.Identity with { M31 = 0.2, M32 = -0.1 });
        var (x, y) = first.Map(0.3, -0.6);
        var w = 1 + (0.2 * x) - (0.1 * y);
        Assert.Equal((x / w, y / w).Item1, both.Map(0.3, -0.6).X, 12);
        var (backX, backY) = both.Inverse().Map(both.Map(0.3, -0.6).X, both.Map(0.3, -0.6).Y);
        Assert.Equal(0.3, backX, 12);
        Assert.Equal(-0.6, backY, 12);
        Assert.False(both.IsAffine);
        Assert.True(first.IsAffine);
    }

    [Fact]
    public void Dihedral_PicturesThatAreNotSquare_AreRefused() =>
        Assert.Throws<InvalidOperationException>(() => new Augmenter(new Dihedral()).Draw(1, 1.5, new Random(1)));

    /// <summary>Each picture holds one painted box; after the draw, pixels, mask, box and points must tell the same
    /// story.</summary>
    private static void AssertAgree(BatchDraw draw, PixelSize size, PixelBox[] boxes)
    {
        var batch = ImageBatch.Of([.. boxes.Select(box => PaintedBox.Paint(size, box))]);
        var images = draw.ToImages(batch, ImageStatistics.None, GridSamplePaddingMode.Zeros);
        var masks = draw.ToMasks(batch.select(3, 0), GridSamplePaddingMode.Zeros);
        var edges = torch.tensor([.. boxes.SelectMany(box => box.ToUnit(size).ToArray())], [boxes.Length, 4]);
        var (moved, kept) = draw.ToBoxes(edges, leastVisible: 0);
        var centres = draw.ToPoints(torch.tensor(
            [.. boxes.SelectMany(box => (float[])[box.Center.X / size.Width, box.Center.Y / size.Height])],
            [boxes.Length, 1, 2]));
        for (var i = 0; i < boxes.Length; i++)
        {
            var image = PictureEncoding.ToImage(images, i, ImageStatistics.None);
            var mask = ImageBatch.ToImage(masks.unsqueeze(3), i);
            if (PaintedBox.Find(image) is not { } seen) continue;
            Assert.True(kept[i].item<bool>());
            var box = UnitBox.FromArray(moved[i].data<float>().ToArray()).ToPixels(size);
            var masked = PaintedBox.Find(mask)!.Value;
            PaintedBox.AssertNear(seen, masked, 1.5f);
            // The box is around the moved corners: never smaller than what is seen, and tight where no corner left the
            // frame.
            var uncut = box.Left > 0 && box.Top > 0 && box.Right < size.Width && box.Bottom < size.Height;
            if (uncut) PaintedBox.AssertNear(box, seen, 2);
            Assert.True(seen.Intersect(box).Area >= 0.93 * seen.Area, $"{i}: box {box}, seen {seen}");
            var (x, y) = (centres[i, 0, 0].item<float>() * size.Width, centres[i, 0, 1].item<float>() * size.Height);
            if (x > 1 && y > 1 && x < size.Width - 1 && y < size.Height - 1)
                Assert.InRange(image[(int)x, (int)y][0], 200, 255);
        }
    }

    private sealed record FixedTurn() : GeometricAugmentation(1)
    {
        public override Homography Draw(Random random, double aspectRatio) => Homography.Rotate(90, aspectRatio);
    }

    private sealed record FixedShift() : GeometricAugmentation(1)
    {
        public override Homography Draw(Random random, double aspectRatio) => Homography.Affine(1, 0, 1, 0, 1, 0);
    }
}
