using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class LearningRateFinderTests
{
    [Fact]
    public void FindLearningRate_PutsEverythingBack()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner(optimizer: Optimizers.AdamW(), trainItems: 32,
            model: () => Sequential(Linear(1, 4), Dropout(0.5), Linear(4, 1)));
        line.Learner.Fit(1);
        var weights = line.Model.parameters().SelectMany(parameter => parameter.ReadFloats()).ToArray();
        var optimizer = Bytes(line);
        var random = torch.random.get_rng_state().bytes.ToArray();
        var rate = line.Learner.Rates.LearningRate;

        var search = line.Learner.FindLearningRate(steps: 20);

        Assert.NotEmpty(search.Rates);
        Assert.Equal(weights, line.Model.parameters().SelectMany(parameter => parameter.ReadFloats()));
        Assert.Equal(optimizer, Bytes(line));
        Assert.Equal(random, torch.random.get_rng_state().bytes.ToArray());
        Assert.Equal(rate, line.Learner.Rates.LearningRate);
        Assert.Single(line.Learner.History.Epochs);
        Assert.Same(search, line.Learner.History.Searches[0]);
    }

    [Fact]
    public void TrainingAfterASearch_IsTheTrainingWithoutIt()
    {
        using var plain = new LineLearner(trainItems: 32);
        using var searched = new LineLearner(trainItems: 32);
        plain.Learner.Fit(2);
        searched.Learner.FindLearningRate(steps: 15);
        searched.Learner.Fit(2);
        Assert.Equal(plain.Learner.History.Batches, searched.Learner.History.Batches);
    }

    [Fact]
    public void Rates_GrowByEqualFactors()
    {
        using var line = new LineLearner(trainItems: 32);
        var search = line.Learner.FindLearningRate(start: 1e-6, end: 1e-2, steps: 5);
        Assert.Equal([1e-6, 1e-5, 1e-4, 1e-3, 1e-2], search.Rates, (a, b) => Math.Abs(a / b - 1) < 1e-9);
    }

    [Fact]
    public void Search_StopsWhenTheLossExplodes_AndDropsWhatIsNoNumber()
    {
        using var line = new LineLearner(trainItems: 32);
        var search = line.Learner.FindLearningRate(start: 1e-3, end: 1e6, steps: 100);
        Assert.InRange(search.Rates.Count, 2, 99);
        Assert.All(search.Losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Suggestions_ReadTheCurve()
    {
        // Flat until 1e-4, then a straight fall until 1e-1, then up: decades 1e-6 .. 1, ten points each.
        var rates = Enumerable.Range(0, 61).Select(i => Math.Pow(10, -6 + i / 10.0)).ToArray();
        var losses = Enumerable.Range(0, 61)
            .Select(i => i < 20 ? 3 + 1e-3 * i : i <= 50 ? 3 - (i - 20) * 0.05 : 1.5 + (i - 50) * 0.3)
            .ToArray();
        var search = new LearningRateSearch(rates, losses);
        Assert.Equal(1e-1 / 10, search.MinimumTenth, 1e-9);
        Assert.InRange(search.Valley, 1e-3, 1e-2);
        Assert.InRange(search.Steepest, 1e-4, 1e-1);
    }

    private static byte[] Bytes(LineLearner line)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        ((OptimizerHelper)line.Learner.Optimizer).save_state_dict(writer);
        writer.Flush();
        return memory.ToArray();
    }
}
