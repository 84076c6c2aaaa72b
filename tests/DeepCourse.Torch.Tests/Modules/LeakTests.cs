namespace DeepCourse.Torch.Tests.Modules;

/// <summary>A forward pass leaves nothing behind but its results, in a scope and without one.</summary>
public class LeakTests
{
    public static TheoryData<string> Names => [.. LayerCases.All.Keys, .. SequenceCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Layer_LeavesOnlyItsOutputsAlive(string name)
    {
        // The masked cases make their masks inside the call; those belong to the caller.
        var extra = name.Contains("masked") || name == "TransformerEncoderLayer" ? 2 : name == "Transformer" ? 1 : 0;
        using var scope = NewDisposeScope();
        var layer = (LayerCases.All.GetValueOrDefault(name) ?? SequenceCases.All[name])();
        using var module = layer.Module;
        module.train(LayerReference.Of(name).Train);
        var inputs = Array.ConvertAll(LayerReference.Of(name).Inputs, input => input.ToTensor());
        layer.Run(inputs);
        var before = scope.DisposablesCount;

        var outputs = layer.Run(inputs);

        // Packing and unpacking in the case itself: packed input and output of four tensors each, and the lengths.
        if (name.EndsWith("packed")) extra += 9;
        // Causal() makes a full tensor before its triangle.
        if (name.Contains("masked") || name.StartsWith("Transformer") && extra > 0) extra++;
        Assert.Equal(outputs.Length + extra, scope.DisposablesCount - before);
    }

    [Fact]
    public void TrainingSteps_KeepTheNumberOfLiveTensors()
    {
        using var net = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), ReLU(true), Flatten(), Linear(2 * 4, 3));
        using var loss = CrossEntropyLoss();
        Step();
        Step();
        var statistics = DisposeScopeManager.Statistics;
        var before = statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 10; step++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            net.zero_grad();
            loss.call(net.call(randn(2, 1, 4, 4)), tensor(new[] { 0L, 2L })).backward();
        }
    }
}
