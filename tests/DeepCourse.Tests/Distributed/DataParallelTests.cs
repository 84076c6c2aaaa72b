using System.Globalization;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Distributed;

/// <summary>Several processes train what one would train with the whole batch.</summary>
public sealed class DataParallelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepcourse-parallel-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    public void TwentySteps_GiveTheParametersOfOneProcess(int processes)
    {
        Workers.SkipWithoutThem();
        using var expected = TrainingTasks.Fit(null, File("alone.checkpoint"), []);
        Assert.Equal(20, expected.Learner.History.Batches.Count);

        using var workers = Workers.Start(nameof(TrainingTasks.Train), processes, _folder);
        workers.Succeed();

        for (var rank = 0; rank < processes; rank++) Same(expected, $"rank{rank}");
    }

    [SkippableFact]
    public void FailureOfOne_EndsAll_AndFourContinueWhatTwoBegan()
    {
        Workers.SkipWithoutThem();
        using var expected = TrainingTasks.Fit(null, File("alone.checkpoint"), []);

        using (var failing = Workers.Start(nameof(TrainingTasks.FailMidway), 2, _folder))
        {
            var ends = failing.Wait();
            Assert.Equal([1, 1], ends.Select(end => end.Code));
            Assert.Contains("ProcessFailureException: process 1 of 2 failed: the power went", ends[0].Said, StringComparison.Ordinal);
        }
        using var continued = Workers.Start(nameof(TrainingTasks.Continue), 4, _folder);
        continued.Succeed();

        Same(expected, "continued0");
        Same(expected, "continued3");
    }

    [SkippableFact]
    public void AccumulatedAndMissingGradients_AreExchangedAlike()
    {
        Workers.SkipWithoutThem();
        using var expected = TrainingTasks.Fit(null, File("alone.checkpoint"), [TrainingTasks.Accumulation]);
        using var workers = Workers.Start(nameof(TrainingTasks.TrainUnevenly), 2, _folder);
        workers.Succeed();

        Same(expected, "accumulated0");
        Same(expected, "accumulated1");
        // Which way a batch goes depends on the part, so there is no run of one process to compare with.
        var (first, second) = (Weights.Read(File("uneven0.safetensors")), Weights.Read(File("uneven1.safetensors")));
        using var scope = torch.NewDisposeScope();
        foreach (var name in first.Keys) Assert.True(first[name].eq(second[name]).all().item<bool>(), name);
        // What nobody used wasn't moved, not even by the decay of weights.
        manual_seed(TrainingTasks.FirstSeed);
        using var untrained = new TrainingTasks.Branches();
        var moved = untrained.named_parameters().ToDictionary(entry => entry.name, entry => !entry.parameter.eq(first[entry.name]).all().item<bool>());
        Assert.Equal((true, true, false), (moved["left.weight"], moved["right.weight"], moved["idle.weight"]));
    }

    [SkippableFact]
    public void FewerItemsToValidateThanProcesses_AndValidationsMidway_ChangeNothing()
    {
        Workers.SkipWithoutThem();
        using var expected = TrainingTasks.Fit(null, File("alone.checkpoint"), [TrainingTasks.MidwayValidation], validated: 1);
        using var workers = Workers.Start(nameof(TrainingTasks.ValidateFew), 2, _folder);
        workers.Succeed();

        Same(expected, "few0");
        Same(expected, "few1");
    }

    [SkippableFact]
    public void WishOfOneToStop_StopsAllAtTheSameBatch()
    {
        Workers.SkipWithoutThem();
        using var workers = Workers.Start(nameof(TrainingTasks.StopTogether), 2, _folder);
        workers.Succeed();
    }

    private string File(string name) => Path.Combine(_folder, name);

    private void Same(TrainingTasks.Trained expected, string name)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Sequential(Linear(6, 16), ReLU(), Linear(16, 3));
        Weights.Load(model, File(name + ".safetensors"));
        foreach (var (parameter, other) in expected.Model.parameters().Zip(model.parameters()))
            Assert.InRange((parameter - other).abs().max().item<float>(), 0, 1e-5);
        var numbers = System.IO.File.ReadAllLines(File(name + ".csv")).Select(line => double.Parse(line, CultureInfo.InvariantCulture));
        Assert.All(
            expected.Numbers().Select(line => double.Parse(line, CultureInfo.InvariantCulture)).Zip(numbers),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
