using DeepCourse.Training;

namespace DeepCourse.Vision.Classification;

/// <summary>Lets the bias of a whitening layer learn in the first epochs only.</summary>
/// <remarks>After that the backward pass ends one layer earlier: a fifth of its work at the published widths.</remarks>
/// <param name="whitening">The layer.</param>
/// <param name="epochs">For how many epochs it learns.</param>
public sealed class FrozenWhitening(WhiteningConvolution whitening, int epochs) : Callback
{
    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Regularisation;

    private bool? _learned;

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run) => _learned = whitening.Learns;

    /// <inheritdoc/>
    protected internal override void BeforeEpoch(Run run) => whitening.Learns = _learned == true && run.Epoch < epochs;

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        if (_learned is { } learned) whitening.Learns = learned;
        _learned = null;
    }
}
