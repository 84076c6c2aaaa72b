using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Classification;

/// <summary>Classifies whole documents with the body of a language model (Howard and Ruder 2018, section 3.3).</summary>
/// <remarks>
/// <para>The encoder reads a text from a fresh state in chunks of <see cref="TextClassifierOptions.ChunkLength"/> tokens and
/// hands its state, but no gradient, from chunk to chunk. The features are the last output of the last layer, and the
/// largest and the mean of each of its values over the text. Only whole chunks among the last
/// <see cref="TextClassifierOptions.MaxLength"/> tokens count for them; the chunks before run without gradients.</para>
/// <para>A text's logits don't depend on the texts beside it: each has its own end and its own counting chunks. Texts that
/// have ended leave the batch, so batches of mixed lengths cost no more than their tokens, rounded up to chunks.</para>
/// </remarks>
public sealed class TextClassifier : Module<TextBatch, Tensor>, ILayerGroups
{
    private readonly AwdLstm encoder;
    private readonly TextHead head;

    /// <summary>Makes a classifier with random weights.</summary>
    /// <param name="options">Its sizes and dropouts.</param>
    public TextClassifier(TextClassifierOptions options) : base(nameof(TextClassifier))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Classes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ChunkLength, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLength, options.ChunkLength, nameof(options));
        Options = options;
        // The head drops the outputs, once for a text and not once for a token.
        encoder = new AwdLstm(options.Encoder) { Dropouts = options.Encoder.Dropouts with { Output = 0 } };
        head = new TextHead(
            ConcatPooling.Parts * options.Encoder.EmbeddingSize, options.HiddenSize, options.Classes,
            options.Encoder.Dropouts.Output, options.HiddenDropout);
        RegisterComponents();
    }

    /// <summary>What it is made of.</summary>
    public TextClassifierOptions Options { get; }

    /// <summary>The language model's body.</summary>
    public AwdLstm Encoder => encoder;

    /// <summary>The embedding, each layer of the encoder, the head: the groups of fastai.</summary>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups =>
        [[encoder.Table], .. encoder.RecurrentLayers.Select(layer => (IReadOnlyList<Module>)[layer]), [head]];

    /// <summary>Classifies a batch of texts.</summary>
    /// <param name="input">Tokens, int64 [batch, length], padded at the end, and their numbers, int64 [batch].</param>
    /// <returns>Logits, [batch, classes]. An empty text gives finite ones too.</returns>
    public override Tensor forward(TextBatch input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Guard.Rank(input.Tokens, 2);
        Guard.Shape(input.Lengths, [input.Tokens.size(0)], "[batch]");
        using var scope = NewDisposeScope();
        return head.call(Features(input)).MoveToOuterDisposeScope();
    }

    /// <summary>The pooled features of each text: last, largest, mean; [batch, 3 * embedding].</summary>
    internal Tensor Features(TextBatch batch)
    {
        using var scope = NewDisposeScope();
        var layout = new BatchLayout(batch, Options.ChunkLength, Options.MaxLength);
        var tokens = layout.Sort(batch.Tokens);
        var pooling = new ConcatPooling(layout);
        encoder.ResetState();
        try
        {
            for (var start = 0; start < layout.Longest; start += Options.ChunkLength) Read(tokens, start, layout, pooling);
        }
        finally
        {
            // No state outlives the batch: neither the next one nor a language model that shares the encoder meets it.
            encoder.ResetState();
        }
        var features = pooling.Features(Options.Encoder.EmbeddingSize, encoder.parameters().First());
        return layout.Unsort(features).MoveToOuterDisposeScope();
    }

    private void Read(Tensor tokens, int start, BatchLayout layout, ConcatPooling pooling)
    {
        using var scope = NewDisposeScope();
        var steps = Math.Min(Options.ChunkLength, layout.Longest - start);
        var active = layout.CountLongerThan(start);
        var chunk = tokens.narrow(0, 0, active).narrow(1, start, steps);
        KeepState(active);
        if (!layout.AnyCounts(start))
        {
            using var frozen = no_grad();
            encoder.call(chunk);
            return;
        }
        pooling.Add(encoder.call(chunk).Raw, start);
    }

    // The texts that have ended are the last ones.
    private void KeepState(int active)
    {
        if (encoder.PeekState() is not { } state || state.Layers[0][0].size(0) == active) return;
        using var scope = NewDisposeScope();
        encoder.PutState(RecurrentState.Keep(
            state.Layers.Select(tensors => Array.ConvertAll(tensors, tensor => tensor.narrow(0, 0, active)))));
    }
}
