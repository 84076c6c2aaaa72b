using DeepCourse.Data;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Training;

/// <summary>Trains a model to give outputs that a loss finds close to the targets.</summary>
/// <typeparam name="TX">The inputs of a batch: a tensor, or a record of tensors.</typeparam>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">The targets of a batch.</typeparam>
public sealed partial class Learner<TX, TOut, TY> : Learner
{
    private readonly Loaders<TX, TY> _data;
    private readonly Module<TX, TOut> _network;
    private readonly Func<TOut, TY, Tensor> _loss;
    private Callback<TX, TOut, TY>[] _typed = [];
    private (MetricsRecorder Recorder, Metric<TOut, TY>[] Metrics)[] _measures = [];
    // A stack, because a callback may validate in the middle of a training phase.
    private readonly Stack<IEnumerator<Batch<TX, TY>>> _open = new();

    /// <summary>Brings together what supervised training needs; <see cref="Learner.Create"/> infers the
    /// types.</summary>
    /// <param name="data">Batches to learn from and to judge by; the caller keeps owning them.</param>
    /// <param name="model">On its final device; the caller keeps owning it.</param>
    /// <param name="loss">Gives one number for a batch.</param>
    /// <param name="optimizer">Makes the optimizer.</param>
    /// <param name="callbacks">Take part in every fit; metrics may stand among them.</param>
    /// <param name="groups">The layer groups; by default those that the model names itself.</param>
    /// <exception cref="ArgumentException">A callback or a metric is for other types of data.</exception>
    public Learner(
        Loaders<TX, TY> data,
        Module<TX, TOut> model,
        Func<TOut, TY, Tensor> loss,
        OptimizerFactory optimizer,
        IEnumerable<Callback>? callbacks = null,
        ParameterGroups? groups = null)
        : base(model, optimizer, callbacks, groups)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        (_data, _network, _loss) = (data, model, loss);
        CallbacksChanged(Callbacks);
    }

    /// <summary>Batches to learn from and to judge by.</summary>
    public Loaders<TX, TY> Data => _data;

    /// <inheritdoc/>
    public override int CountBatches(Phase phase) => LoaderOf(phase).Count;

    /// <inheritdoc/>
    protected override int CountBatches(Phase phase, int loaderEpoch) =>
        phase == Phase.Train ? _data.Train.CountIn(loaderEpoch) : CountBatches(phase);

    /// <summary>What the model says about a batch of inputs.</summary>
    /// <param name="inputs">On the model's device.</param>
    /// <returns>Without gradients; its tensors belong to the caller's dispose scope.</returns>
    public TOut Predict(TX inputs)
    {
        Model.eval();
        using var frozen = no_grad();
        return _network.call(inputs);
    }

    /// <summary>Goes through the batches of a loader with the model's outputs.</summary>
    /// <param name="batches">Such as <c>Data.Validation</c>.</param>
    /// <param name="use">Gets each batch and the output; their tensors die when it returns.</param>
    public void Predict(ILoader<TX, TY> batches, Action<Batch<TX, TY>, TOut> use)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(use);
        using var all = batches.Batches(epoch: 0).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!all.MoveNext()) return;
            use(all.Current, Predict(all.Current.Inputs));
        }
    }

    /// <inheritdoc/>
    protected override void OpenBatches(Run run, int firstBatch) => _open.Push(
        LoaderOf(run.Phase).Batches(run.Phase == Phase.Train ? run.LoaderEpoch : 0, firstBatch).GetEnumerator());

    /// <inheritdoc/>
    protected override bool ReadBatch(Run run, out int size)
    {
        var batches = _open.Peek();
        var read = batches.MoveNext();
        size = read ? batches.Current.Size : 0;
        return read;
    }

    /// <inheritdoc/>
    protected override void RunBatch(Run run)
    {
        var batch = _open.Peek().Current;
        foreach (var callback in _typed)
        {
            run.Enter(RunStage.Callbacks, callback);
            callback.TransformBatch(run, ref batch);
        }
        if (run.Leaving != RunScope.None || TryLearnAtOnce(run, batch)) return;
        run.Enter(RunStage.Forward);
        var output = _network.call(batch.Inputs);
        foreach (var callback in _typed)
        {
            run.Enter(RunStage.Callbacks, callback);
            callback.TransformOutput(run, ref output);
        }
        if (run.Leaving != RunScope.None) return;
        run.Enter(RunStage.Loss);
        var loss = _loss(output, batch.Targets);
        run.GraphLoss = loss;
        foreach (var (recorder, metrics) in _measures)
        {
            if (!recorder.Measures(run.Phase)) continue;
            run.Enter(RunStage.Callbacks, recorder);
            Measure(metrics, output, batch.Targets);
        }
        if (run.Phase == Phase.Train) Learn(run, loss);
    }

    /// <inheritdoc/>
    protected internal override Shard ShardOf(Phase phase) => LoaderOf(phase).Shard;

    /// <inheritdoc/>
    protected override void CloseBatches() => _open.Pop().Dispose();

    /// <inheritdoc/>
    protected override void CallbacksChanged(IReadOnlyList<Callback> turn)
    {
        foreach (var callback in turn) RefuseOtherTypes(callback);
        _graphs = turn.OfType<Graphs.GraphedSteps>().FirstOrDefault();
        _typed = [.. turn.OfType<Callback<TX, TOut, TY>>()];
        _measures = [.. turn.OfType<MetricsRecorder>().Select(recorder => (recorder, recorder.Typed<TOut, TY>()))];
    }

    private static void Measure(Metric<TOut, TY>[] metrics, TOut output, TY targets)
    {
        foreach (var metric in metrics) metric.Update(output, targets);
    }

    private static void RefuseOtherTypes(Callback callback)
    {
        for (var type = callback.GetType(); type is not null; type = type.BaseType)
        {
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Callback<,,>)) continue;
            if (callback is Callback<TX, TOut, TY>) return;
            throw new ArgumentException(
                $"{callback.GetType().Name} is for {TypeNames(type.GetGenericArguments())}, " +
                $"the learner has {TypeNames([typeof(TX), typeof(TOut), typeof(TY)])} (inputs, output, targets)");
        }
    }

    private static string TypeNames(Type[] types) => $"({string.Join(", ", types.Select(type => type.Name))})";

    private ILoader<TX, TY> LoaderOf(Phase phase) => phase == Phase.Train ? _data.Train : _data.Validation;
}
