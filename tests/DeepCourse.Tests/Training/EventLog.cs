using DeepCourse.Data;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

/// <summary>Writes down every moment, and may do something at some of them.</summary>
internal sealed class EventLog(
    Action<string, Run>? act = null, CallbackBand band = CallbackBand.Data, List<string>? events = null, string prefix = "")
    : Callback<Tensor, Tensor, Tensor>
{
    public List<string> Events { get; } = events ?? [];

    public override CallbackBand Band => band;

    /// <summary>The moments with short names: F, E, P, B for scopes, ( for before and ) for after.</summary>
    public string Short => string.Join(' ', Events);

    protected internal override void BeforeFit(Run run) => Note("F(", run);

    protected internal override void BeforeEpoch(Run run) => Note("E(", run);

    protected internal override void BeforePhase(Run run) => Note(run.Phase == Phase.Train ? "T(" : "V(", run);

    protected internal override void BeforeBatch(Run run) => Note("B(", run);

    protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch) => Note("batch", run);

    protected internal override void TransformOutput(Run run, ref Tensor output) => Note("output", run);

    protected internal override void TransformLoss(Run run, ref Tensor loss) => Note("loss", run);

    protected internal override void AfterBackward(Run run) => Note("backward", run);

    protected internal override void AfterStep(Run run) => Note("step", run);

    protected internal override void AfterBatch(Run run) => Note("B)", run);

    protected internal override void AfterPhase(Run run) => Note(run.Phase == Phase.Train ? "T)" : "V)", run);

    protected internal override void AfterEpoch(Run run) => Note("E)", run);

    protected internal override void AfterFit(Run run) => Note("F)", run);

    protected internal override void CleanupFit(Run run) => Note("cleanup", run);

    private void Note(string moment, Run run)
    {
        Events.Add(prefix + moment);
        act?.Invoke(moment, run);
    }
}
