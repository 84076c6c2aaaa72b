using DeepCourse.Distributed;
using DeepCourse.Metrics;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Losses;

/// <summary>How many tokens the model wavers between: e to the mean cross entropy of a token.</summary>
public sealed class Perplexity : Metric<LanguageModelOutput, Tensor>
{
    private readonly DeviceSum _sum = new();

    /// <inheritdoc/>
    public override string Name => "perplexity";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Value => Math.Exp(_sum.Mean);

    /// <inheritdoc/>
    public override void Update(LanguageModelOutput output, Tensor targets) => TokenLoss.Add(_sum, output, targets);

    /// <inheritdoc/>
    public override void Reset() => _sum.Reset();

    /// <inheritdoc/>
    public override void Merge(ProcessGroup processes) => _sum.Merge(processes);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _sum.Dispose();
        base.Dispose(disposing);
    }
}
