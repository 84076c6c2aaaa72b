using DeepCourse.Tensors;

namespace DeepCourse.Text.Models;

/// <summary>What a language model says about a batch. The logits are not in it: of a large vocabulary they would be the
/// largest tensor by far, and the loss does not need them all at once.</summary>
public sealed class LanguageModelOutput
{
    private readonly Decoder _decoder;
    private readonly Tensor _table;
    private Tensor? _targets;
    private Tensor? _crossEntropy;

    internal LanguageModelOutput(AwdLstmOutput encoded, Decoder decoder, Tensor table, bool isTraining)
    {
        (Raw, Dropped, _decoder, _table, IsTraining) = (encoded.Raw, encoded.Dropped, decoder, table, isTraining);
    }

    /// <summary>The last layer's hidden states, [batch, steps, embedding].</summary>
    public Tensor Raw { get; }

    /// <summary>The same after output dropout: what the decoder sees.</summary>
    public Tensor Dropped { get; }

    /// <summary>Whether the model was in training mode.</summary>
    public bool IsTraining { get; }

    /// <summary>The logits of all tokens for all places: [batch, steps, vocabulary]. An adaptive softmax gives logarithms of
    /// probabilities.</summary>
    public Tensor Logits() => _decoder.Logits(Dropped, _table);

    /// <summary>The logits of all tokens for the place after the last: [batch, vocabulary].</summary>
    public Tensor LastLogits()
    {
        using var scope = NewDisposeScope();
        return _decoder.Logits(Dropped.select(1, Dropped.size(1) - 1), _table).MoveToOuterDisposeScope();
    }

    /// <summary>The mean cross entropy, in nats a token; computed once for the same targets, so that a loss and metrics share
    /// it.</summary>
    /// <param name="targets">The tokens that came next, int64 [batch, steps].</param>
    /// <returns>A tensor of one element.</returns>
    /// <exception cref="ShapeException">The targets have another shape than the tokens.</exception>
    public Tensor CrossEntropy(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Guard.Shape(targets, [Dropped.size(0), Dropped.size(1)], $"[{Dropped.size(0)}, {Dropped.size(1)}] of the tokens");
        if (ReferenceEquals(targets, _targets) && _crossEntropy is { IsInvalid: false } known
            && (known.requires_grad || !is_grad_enabled())) return known;
        using var scope = NewDisposeScope();
        // Time comes first, as the layers left it: so nothing is copied but the targets.
        var rows = Dropped.transpose(0, 1).reshape(-1, Dropped.size(2));
        _crossEntropy = _decoder.CrossEntropy(rows, _table, targets.t().reshape(-1)).MoveToOuterDisposeScope();
        _targets = targets;
        return _crossEntropy;
    }
}
