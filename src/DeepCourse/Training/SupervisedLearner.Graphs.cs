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
        _recorded = run;
        run.StepIsHeld = false;
        var loss = _graphs.Compute(run, tensors, _lossOfBatch ??= LossOf);
        _recorded = null;
        if (loss is null) return false;
        run.GraphLoss = loss;
        FinishStep(run);
        return true;
    }

    private Tensor LossOf(IReadOnlyList<Tensor> batch)
    {
        var run = _recorded!;
        run.Enter(RunStage.Forward);
        var output = _network.call((TX)(object)batch[0]);
        run.Enter(RunStage.Loss);
        var loss = _loss(output, (TY)(object)batch[1]);
        TransformLoss(run, ref loss);
        run.Enter(RunStage.Backward);
        return loss;
    }
}
