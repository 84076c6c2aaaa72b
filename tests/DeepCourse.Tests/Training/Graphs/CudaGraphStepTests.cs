using System.Runtime.InteropServices;
using DeepCourse.Tensors;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Tests.Training.Graphs;

public sealed class CudaGraphStepTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Module<Tensor, Tensor> _model = Sequential(Linear(3, 4), ReLU(), Linear(4, 1));

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void WithoutAGpu_StepsAreComputedAsWritten_AndTheReasonIsGiven()
    {
        using var step = new CudaGraphStep(Loss, _model.parameters());
        Assert.NotNull(step.Reason);
        for (var i = 0; i < 5; i++) CheckOne(step, rows: 2);
        Assert.Equal(0, step.Replays);
        Assert.Contains("CUDA", step.Reason);
    }

    [Fact]
    public void AfterWarmingUp_StepsAreRepeated_WithNewInputs()
    {
        var graph = Repeating();
        using var step = Step(graph, warmUp: 2);
        CheckOne(step, rows: 2);
        Assert.Equal("warming up", step.Reason);
        for (var i = 1; i < 6; i++) CheckOne(step, rows: 2);
        Assert.Equal((2, 1, 4), (graph.WarmUps, graph.Records, graph.Replays));
        Assert.Equal(4, step.Replays);
        Assert.Null(step.Reason);
    }

    [Fact]
    public void AnotherShape_IsComputedAsWritten_AndTheRecordingStays()
    {
        var graph = Repeating();
        using var step = Step(graph, warmUp: 0);
        CheckOne(step, rows: 4);
        CheckOne(step, rows: 3);
        Assert.Equal("input 0 has the shape [3, 3], [4, 3] was recorded", step.Reason);
        CheckOne(step, rows: 4);
        Assert.Null(step.Reason);
        Assert.Equal(2, step.Replays);
    }

    [Fact]
    public void WhatCannotBeRecorded_IsComputedAsWrittenFromThenOn()
    {
        var graph = new ReplayedWork(_model.parameters(), () => LastLoss!)
        {
            Fault = new CaptureFault("operation not permitted when stream is capturing"),
        };
        using var step = Step(graph, warmUp: 1);
        for (var i = 0; i < 3; i++) CheckOne(step, rows: 2);
        Assert.Contains("not permitted when stream is capturing", step.Reason);
        Assert.Equal(0, step.Replays);
        Assert.True(graph.IsDisposed);
    }

    [Fact]
    public void FrozenParameters_GetNoGradient()
    {
        var frozen = _model.parameters().First();
        frozen.requires_grad = false;
        using var step = Step(Repeating(), warmUp: 0);
        step.Run(randn(2, 3), randn(2, 1));
        Assert.Null(frozen.grad);
        Assert.All(_model.parameters().Skip(1), parameter => Assert.NotNull(parameter.grad));
    }

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void OnTheGpu_ATrainingWithRepeatedSteps_IsTheSame()
    {
        Skip.IfNot(cuda.is_available(), "no CUDA device");
        _model.to(DeviceType.CUDA);
        using var step = new CudaGraphStep(Loss, _model.parameters());
        for (var i = 0; i < 20; i++) CheckOne(step, rows: 8, Devices.Best);
        Assert.True(step.Replays >= 16, $"{step.Replays} repetitions; {step.Reason}");
    }

    private CudaGraphStep Step(ReplayedWork graph, int warmUp) => new(Loss, _model.parameters(), warmUp, (torch.Device _, out string reason) =>
    {
        reason = "";
        return graph;
    });

    private ReplayedWork Repeating() => new(_model.parameters(), () => LastLoss!);

    /// <summary>The last loss that was computed, to be overwritten by a repetition as a graph overwrites it.</summary>
    private Tensor? LastLoss { get; set; }

    private Tensor Loss(IReadOnlyList<Tensor> inputs) =>
        LastLoss = functional.mse_loss(_model.call(inputs[0]), inputs[1]);

    // One step with inputs that no step has had: loss and gradients must be those of a plain backward pass.
    private void CheckOne(CudaGraphStep step, int rows, torch.Device? device = null)
    {
        Tensor x = randn(rows, 3, device: device), y = randn(rows, 1, device: device);
        var loss = step.Run(x, y).ReadNumber();
        var gradients = _model.parameters().Select(parameter => parameter.grad!.ReadFloats()).ToList();
        foreach (var parameter in _model.parameters()) parameter.grad = null;
        var expected = functional.mse_loss(_model.call(x), y);
        expected.backward();
        Assert.Equal(expected.ReadNumber(), loss, 1e-5);
        foreach (var (parameter, gradient) in _model.parameters().Zip(gradients))
        {
            Assert.Equal(parameter.grad!.ReadFloats(), gradient, (a, b) => Math.Abs(a - b) < 1e-5);
            parameter.grad = null;
        }
    }

    /// <summary>What libtorch throws, by another name: that type is kept for the runtime.</summary>
    private sealed class CaptureFault(string message) : ExternalException(message);
}
