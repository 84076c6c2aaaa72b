using DeepCourse.Training;

namespace DeepCourse.Text.Models;

/// <summary>Lets each phase begin with an empty memory, and a phase within another (a validation in the middle of training)
/// leave no trace in it.</summary>
/// <remarks>Works on all <see cref="AwdLstm"/> within the learner's model. A run that is resumed in the middle of an epoch
/// gets back what the model remembered there.</remarks>
public sealed class ResetStateBetweenEpochs : Callback, ICheckpointed
{
    private readonly Stack<(Run Run, RecurrentState?[] States)> _outer = new();
    private AwdLstm[] _encoders = [];
    private RecurrentState?[] _resumed = [];

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_encoders.Length);
        foreach (var encoder in _encoders) RecurrentState.Write(writer, encoder.PeekState());
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        Forget();
        _resumed = new RecurrentState?[reader.ReadInt32()];
        for (var i = 0; i < _resumed.Length; i++) _resumed[i] = RecurrentState.Read(reader);
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        _encoders = [.. run.Model.modules().Prepend(run.Model).OfType<AwdLstm>().Distinct()];
        _outer.Push((run, Array.ConvertAll(_encoders, encoder => encoder.TakeState())));
        if (run.BatchIndex > 0 && run.Phase == Phase.Train && _resumed.Length == _encoders.Length)
        {
            for (var i = 0; i < _encoders.Length; i++) _encoders[i].PutState(_resumed[i]?.To(_encoders[i].Table.weight!));
        }
        Forget();
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        // A checkpoint of a training that was stopped is written later, and needs what the model remembers now.
        if (run.Phase == Phase.Train && run.IsStopping) return;
        GiveBack();
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        while (_outer.Count > 0 && ReferenceEquals(_outer.Peek().Run, run)) GiveBack();
    }

    private void GiveBack()
    {
        var states = _outer.Pop().States;
        for (var i = 0; i < _encoders.Length; i++) _encoders[i].PutState(states[i]);
    }

    private void Forget()
    {
        foreach (var state in _resumed) state?.Dispose();
        _resumed = [];
    }
}
