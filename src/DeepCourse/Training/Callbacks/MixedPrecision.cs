namespace DeepCourse.Training.Callbacks;

/// <summary>Computes model and loss in a narrow type where that is safe, while weights and steps keep full
/// precision.</summary>
/// <remarks>
/// Micikevicius et al. 2018 (arXiv 1710.03740). The gradients of float16 are scaled, since small ones would vanish; a
/// step whose gradients overflow is left out, and the scale lowered. bfloat16 has the range of float32 and needs none
/// of that. With the tensor package instead of our binding there is no such mode: making one of these says so.
/// </remarks>
public sealed class MixedPrecision : Callback, ICheckpointed
{
    private readonly ScalarType _type;
    private readonly LossScale? _scale;
    private IDisposable? _region;

    /// <summary>Chooses the narrow type.</summary>
    /// <param name="type">bfloat16, or on CUDA float16; the default is bfloat16.</param>
    /// <exception cref="ArgumentException">Another type.</exception>
    /// <exception cref="PlatformNotSupportedException">The tensor library cannot.</exception>
    public MixedPrecision(ScalarType type = ScalarType.BFloat16)
    {
        if (type is not (ScalarType.BFloat16 or ScalarType.Float16))
            throw new ArgumentException($"{type} is no narrow type: expected BFloat16 or Float16", nameof(type));
        PrecisionRegion.Require();
        _type = type;
        if (type == ScalarType.Float16) _scale = new LossScale();
    }

    /// <summary>Opens a stretch of code in which a model computes in the narrow type, as it does in training: for
    /// predictions.</summary>
    /// <param name="model">Tells the device.</param>
    /// <returns>Ends the stretch when it is disposed, on the same thread.</returns>
    public IDisposable Begin(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PrecisionRegion(model.parameters().FirstOrDefault()?.device.type ?? DeviceType.CPU, _type);
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Placement;

    /// <inheritdoc/>
    /// <remarks>The scale of float16 changes from step to step.</remarks>
    internal override bool TransformsAlike => _scale is null;

    /// <inheritdoc/>
    internal override void BeforeForward(Run run) => _region ??= Begin(run.Model);

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer) => _scale?.Save(writer);

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader) => _scale?.Load(reader);

    /// <inheritdoc/>
    protected internal override void BeforeBatch(Run run)
    {
        Close();
        _region = Begin(run.Model);
    }

    /// <inheritdoc/>
    protected internal override void TransformLoss(Run run, ref Tensor loss)
    {
        // The backward pass takes its types from the forward pass.
        Close();
        if (_scale is not null) loss = _scale.Apply(loss);
    }

    /// <inheritdoc/>
    protected internal override void AfterBackward(Run run)
    {
        // Where the batch was recorded, nobody has asked for its loss.
        Close();
        if (_scale is not null && !run.StepIsHeld && !_scale.Remove(run.Optimizer)) run.SkipBatch();
    }

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run) => Close();

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run) => Close();

    private void Close()
    {
        _region?.Dispose();
        _region = null;
    }
}
