using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class NonMaximumSuppressionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<int, float, double> Crowds => new()
    {
        { 50, 30, 0.5 }, { 700, 30, 0.5 }, { 3000, 10, 0.3 }, { 3000, 60, 0.7 }, { 2000, 200, 0.06 }, { 1500, 40, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Crowds))]
    public void TheGrid_KeepsWhatTheDefinitionSays(int count, float side, double overlap)
    {
        var (boxes, scores, classes) = Draw(count, side, seed: count);

        Assert.Equal(Definition(boxes, scores, null, overlap), NonMaximumSuppression.Of(boxes, scores, overlap));
        Assert.Equal(Definition(boxes, scores, classes, overlap), NonMaximumSuppression.ByClass(boxes, scores, classes, overlap));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(1e6f)]
    [InlineData(-3e4f)]
    public void FarFromTheOrigin_AndOfEverySize_NothingIsMissed(float offset)
    {
        var random = new Random(5);
        var boxes = new float[4 * 2000];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            // Sides from one to a thousand, most of them small.
            var (width, height) = ((float)Math.Pow(10, 3 * random.NextDouble()), (float)Math.Pow(10, 3 * random.NextDouble()));
            var (x, y) = (offset + (random.NextSingle() * 300), offset + (random.NextSingle() * 300));
            (boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]) = (x, y, x + width, y + height);
        }
        float[] scores = [.. Enumerable.Range(0, 2000).Select(_ => random.NextSingle())];

        foreach (var overlap in (double[])[0.1, 0.5, 0.8])
            Assert.Equal(Definition(boxes, scores, null, overlap), NonMaximumSuppression.Of(boxes, scores, overlap));
    }

    [Fact]
    public void KeptBoxes_DoNotOverlap_AndStayWhenAskedAgain()
    {
        var (boxes, scores, _) = Draw(2000, 40, seed: 3);

        var kept = NonMaximumSuppression.Of(boxes, scores, 0.4);

        float[] keptBoxes = [.. kept.SelectMany(index => boxes[(4 * index)..((4 * index) + 4)])];
        float[] keptScores = [.. kept.Select(index => scores[index])];
        for (var i = 0; i < kept.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.False(Share(keptBoxes, i, j) > 0.4, $"boxes {kept[i]} and {kept[j]} overlap");
        Assert.Equal(keptScores.OrderDescending(), keptScores);
        Assert.Equal(Enumerable.Range(0, kept.Length), NonMaximumSuppression.Of(keptBoxes, keptScores, 0.4));
    }

    [Fact]
    public void ScoresThatDiffer_MakeTheOrderOfBoxesIrrelevant()
    {
        var (boxes, scores, classes) = Draw(800, 60, seed: 11);
        for (var i = 0; i < scores.Length; i++) scores[i] = i / 800f;
        var places = Enumerable.Range(0, 800).ToArray();
        new Random(1).Shuffle(places);

        var kept = NonMaximumSuppression.ByClass(boxes, scores, classes, 0.5);
        var keptOfShuffled = NonMaximumSuppression.ByClass(
            [.. places.SelectMany(place => boxes[(4 * place)..((4 * place) + 4)])],
            [.. places.Select(place => scores[place])],
            [.. places.Select(place => classes[place])],
            0.5);

        Assert.Equal(kept, keptOfShuffled.Select(index => places[index]));
    }

    [Fact]
    public void EqualScores_GoByPlace_AndWhatIsNoNumberComesFirst()
    {
        float[] scores = [0.5f, -0f, 0.9f, 0f, 0.5f, float.NaN, -1, 0.9f];
        Assert.Equal([5, 2, 7, 0, 4, 1, 3, 6], ScoreOrder.Of(scores));
        // The radix sort of longer lists agrees with a stable sort.
        float[] many = [.. Enumerable.Range(0, 5000).Select(i => ((i * 7919) % 97 / 50f) - 1)];
        Assert.Equal(Enumerable.Range(0, 5000).OrderByDescending(i => many[i]), ScoreOrder.Of(many));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(977)]
    [InlineData(1 << 20)]
    public void TheTensorPath_KeepsWhatTheManagedPathKeeps_InTilesOfAnySize(int pairsInTile)
    {
        var (first, second) = (Draw(150, 40, seed: 7), Draw(150, 15, seed: 8));
        var boxes = tensor([.. first.Boxes, .. second.Boxes], [2, 150, 4]);
        var scores = tensor([.. first.Scores, .. second.Scores], [2, 150]);
        var classes = tensor([.. first.Classes, .. second.Classes], [2, 150]);

        var mask = NonMaximumSuppression.Mask(boxes, scores, classes, 0.3);

        Assert.Equal([2, 150], mask.shape);
        Assert.True(mask.eq(NonMaximumSuppression.MaskOnDevice(boxes, scores, classes, 0.3)).all().item<bool>());
        Assert.Equal(
            NonMaximumSuppression.ByClass(second.Boxes, second.Scores, second.Classes, 0.3).Order().Select(index => (long)index),
            mask[1].nonzero().view(-1).data<long>().ToArray());
        var order = scores.sort(1, descending: true, stable: true).Indices;
        var sorted = boxes.gather(1, order.unsqueeze(-1).expand(-1, -1, 4));
        var tiled = TensorSuppression.Keep(sorted, classes.gather(1, order), 0.3, pairsInTile);
        Assert.True(tiled.eq(mask.gather(1, order)).all().item<bool>());
    }

    [Fact]
    public void NoBoxes_AndOtherTypes_Work()
    {
        Assert.Empty(NonMaximumSuppression.Of([], []));
        Assert.Equal([0], NonMaximumSuppression.Of(zeros(0, 4), zeros(0)).shape);
        Assert.Equal([0], NonMaximumSuppression.ByClass(zeros(0, 4), zeros(0), zeros(0, ScalarType.Int64)).shape);
        Assert.Equal([3, 0], NonMaximumSuppression.Mask(zeros(3, 0, 4), zeros(3, 0)).shape);
        Assert.Equal([3, 0], NonMaximumSuppression.MaskOnDevice(zeros(3, 0, 4), zeros(3, 0), null, 0.5).shape);
        var boxes = tensor(new double[] { 0, 0, 2, 2, 0, 0, 2, 2.1, 5, 5, 6, 6 }, [3, 4]);
        var kept = NonMaximumSuppression.Of(boxes.requires_grad_(), tensor(new double[] { 0.1, 0.2, 0.3 }));
        Assert.Equal([2L, 1L], kept.data<long>().ToArray());
    }

    [Fact]
    public void WhatDoesNotFit_IsRefused()
    {
        Assert.Throws<ShapeException>(() => NonMaximumSuppression.Of(zeros(3, 5), zeros(3)));
        Assert.Throws<ShapeException>(() => NonMaximumSuppression.Of(zeros(3, 4), zeros(2)));
        Assert.Throws<ShapeException>(() => NonMaximumSuppression.ByClass(zeros(3, 4), zeros(3), zeros(2, ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => NonMaximumSuppression.Of(new float[7], new float[2]));
        Assert.Throws<ArgumentException>(() => NonMaximumSuppression.ByClass(new float[8], new float[2], new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Of(zeros(3, 4), zeros(3), 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Of(zeros(3, 4), zeros(3), -0.1));
    }

    /// <summary>The definition in the simplest loop, in the arithmetic of torchvision.</summary>
    private static int[] Definition(float[] boxes, float[] scores, long[]? classes, double overlap)
    {
        var kept = new List<int>();
        foreach (var candidate in Enumerable.Range(0, scores.Length).OrderByDescending(index => scores[index]))
            if (!kept.Exists(other => (classes is null || classes[other] == classes[candidate]) && Share(boxes, other, candidate) > overlap))
                kept.Add(candidate);
        return [.. kept];
    }

    private static float Share(float[] boxes, int i, int j)
    {
        var a = boxes.AsSpan(4 * i, 4);
        var b = boxes.AsSpan(4 * j, 4);
        var width = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]));
        var height = Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        var common = width * height;
        return common / (((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - common);
    }

    private static (float[] Boxes, float[] Scores, long[] Classes) Draw(int count, float side, int seed)
    {
        var random = new Random(seed);
        var boxes = new float[4 * count];
        for (var i = 0; i < boxes.Length; i += 4)
        {
            var (x, y) = (random.NextSingle() * 400, random.NextSingle() * 300);
            (boxes[i], boxes[i + 1]) = (x, y);
            (boxes[i + 2], boxes[i + 3]) = (x + (random.NextSingle() * side), y + (random.NextSingle() * side));
        }
        return (
            boxes,
            [.. Enumerable.Range(0, count).Select(_ => random.Next(1000) / 1000f)],
            [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(4) * 1_000_000_007)]);
    }
}
