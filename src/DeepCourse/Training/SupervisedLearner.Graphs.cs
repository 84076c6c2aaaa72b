using DeepCourse.Data;
using DeepCourse.Training.Graphs;

namespace DeepCourse.Training;

public sealed partial class Learner<TX, TOut, TY>
{
    private GraphedSteps? _graphs;
    private Run? _recorded;
    private Func<IReadOnlyList<Tensor>, Tensor>? _lossOfBatch;

    // A training batch up to its gradients as one launch, where there are graphs and nothing is in the way.
    private bool TryLearnAtOnce(Run run, Batch<TX, TY> batch)
    {
        if (_graphs is null || run.Phase != Phase.Train || run.IsObserving) return false;
        Tensor[]? tensors = batch is { Inputs: Tensor inputs, Targets: Tensor targets } ? [inputs, targets] : null;
        run.StepIsHeld = false;
        // Forward and backward pass are one, and nobody may look at the clock, or wait for the device, within.
        run.Enter(RunStage.Forward);
        var stages = run.Stages;
        (_recorded, run.Stages) = (run, null);
        Tensor? loss;
        try
        {
            loss = _graphs.Compute(run, tensors, _lossOfBatch ??= LossOf);
        }
        finally
        {
            (_recorded, run.Stages) = (null, stages);
        }
        if (loss is null) return false;
        run.GraphLoss = loss;
        FinishStep(run);
        return true;
    }

    private Tensor LossOf(IReadOnlyList<Tensor> batch)
    {
        var run = _recorded!;
        Tell(run, static (callback, run) => callback.BeforeForward(run));
        var loss = _loss(_network.call((TX)(object)batch[0]), (TY)(object)batch[1]);
        TransformLoss(run, ref loss);
        return loss;
    }
}
