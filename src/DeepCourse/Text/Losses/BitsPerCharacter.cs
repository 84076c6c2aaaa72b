using DeepCourse.Distributed;
using DeepCourse.Metrics;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Losses;

/// <summary>The cross entropy in bits, shared out over the characters that tokens stand for.</summary>
/// <param name="charactersPerToken">How many characters of text a token stands for on average: 1 for models of
/// characters; for words the length of a text divided by its number of tokens, which makes models with different
/// vocabularies comparable.</param>
public sealed class BitsPerCharacter(double charactersPerToken = 1) : Metric<LanguageModelOutput, Tensor>
{
    private readonly DeviceSum _sum = new();

    /// <inheritdoc/>
    public override string Name => "bits per character";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override double Value => _sum.Mean / (Math.Log(2) * charactersPerToken);

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
