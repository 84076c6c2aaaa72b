using DeepCourse.Data;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Text.Classification;

/// <summary>Classifies whole documents with the body of a language model (Howard and Ruder 2018, section 3.3).</summary>
/// <remarks>
/// <para>The encoder reads a text from a fresh state in chunks of <see cref="TextClassifierOptions.ChunkLength"/> tokens and
/// hands its state, but no gradient, from chunk to chunk. The features (<see cref="TextClassifierOptions.Features"/>) are
/// by default the last output of the last layer, and the largest and the mean of each of its values over the text. Only
/// whole chunks among the last <see cref="TextClassifierOptions.MaxLength"/> tokens count for them; the chunks before run without gradients.
/// <see cref="TextFeatures.Topics"/> alone are of the whole text, however long.</para>
/// <para>A text's logits don't depend on the texts beside it: each has its own end and its own counting chunks. Texts that
/// have ended leave the batch, so batches of mixed lengths cost no more than their tokens, rounded up to chunks.</para>
/// </remarks>
public sealed class TextClassifier : Module<TextBatch, Tensor>, ILayerGroups
{
    private readonly AwdLstm encoder;
    private readonly TextHead head;
    private readonly Tensor? word_weights;
    private readonly TextTopics? topics;

    /// <summary>Makes a classifier with random weights.</summary>
    /// <param name="options">Its sizes and dropouts.</param>
    public TextClassifier(TextClassifierOptions options) : base(nameof(TextClassifier))
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Classes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ChunkLength, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLength, options.ChunkLength, nameof(options));
        if (options.Features == TextFeatures.None) throw new ArgumentException("a head must see something of a text", nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.HiddenSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.TopicCount, nameof(options));
        Options = options;
        // The head drops the outputs, once for a text and not once for a token.
        encoder = new AwdLstm(options.Encoder) { Dropouts = options.Encoder.Dropouts with { Output = 0 } };
        if (options.Features.HasFlag(TextFeatures.Words)) word_weights = ones(options.Encoder.VocabularySize);
        if (options.Features.HasFlag(TextFeatures.Topics)) topics = new TextTopics(options.Encoder.VocabularySize, options.TopicCount);
        head = new TextHead(FeatureSizes.Sum(), options.HiddenSize, options.Classes, options.Encoder.Dropouts.Output, options.HiddenDropout);
        RegisterComponents();
    }

    /// <summary>What it is made of.</summary>
    public TextClassifierOptions Options { get; }

    /// <summary>The language model's body.</summary>
    public AwdLstm Encoder => encoder;

    /// <summary>The embedding, each layer of the encoder, the head: the groups of fastai.</summary>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups =>
        [[encoder.Table], .. encoder.RecurrentLayers.Select(layer => (IReadOnlyList<Module>)[layer]), [head]];

    /// <summary>Lets rare words count more than frequent ones in <see cref="TextFeatures.Words"/>: each by
    /// a / (a + its share in all tokens), a = 0.001 (Arora, Liang and Ma 2017, A simple but tough-to-beat baseline for
    /// sentence embeddings). Before, all count the same.</summary>
    /// <param name="counts">How often each token of the vocabulary occurs in texts like those to come.</param>
    /// <exception cref="InvalidOperationException">The classifier doesn't gather words.</exception>
    public void WeighWords(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (word_weights is null) throw new InvalidOperationException($"the classifier gathers {Options.Features}: make it with TextFeatures.Words");
        if (counts.Count != word_weights.size(0)) throw new ArgumentException($"{counts.Count} counts for a vocabulary of {word_weights.size(0)} tokens", nameof(counts));
        const double half = 1e-3;
        var total = Math.Max(1, counts.Sum());
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        word_weights.copy_(torch.tensor(counts.Select(count => (float)(half / (half + ((double)count / total)))).ToArray()));
    }

    /// <summary>Tells what <see cref="TextFeatures.Topics"/> are. Before, they are zeros.</summary>
    /// <param name="semantics">As many directions as <see cref="TextClassifierOptions.TopicCount"/>, of the same vocabulary.</param>
    /// <exception cref="InvalidOperationException">The classifier doesn't look at topics.</exception>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void UseTopics(LatentSemantics semantics)
    {
        ArgumentNullException.ThrowIfNull(semantics);
        if (topics is null) throw new InvalidOperationException($"the classifier gathers {Options.Features}: make it with TextFeatures.Topics");
        topics.Use(semantics);
    }

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

    /// <summary>Makes the head the best logistic regression on what the encoder says now, which takes no more than reading the
    /// texts once. A start for fine-tuning that doesn't tear the encoder apart (Kumar et al. 2022, arXiv 2202.10054), and
    /// with few labels hard to improve on.</summary>
    /// <param name="texts">To learn from; each is taken once.</param>
    /// <param name="c">How much errors count against the size of the weights, for features around their mean, whose mean length
    /// is 1; beside topics that of the others is 0.5.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>; the head is then as it was.</param>
    /// <exception cref="InvalidOperationException">The head has hidden values
    /// (<see cref="TextClassifierOptions.HiddenSize"/>).</exception>
    /// <exception cref="ArgumentException">All texts have the same label.</exception>
    public void FitHead(ILoader<TextBatch, Tensor> texts, double c = 3, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var (features, targets) = Pool(texts, cancellation);
        head.Fit(features, targets, c, FeatureSizes, FeatureScales);
    }

    // Without gradients or dropout.
    private (Tensor Features, Tensor Targets) Pool(ILoader<TextBatch, Tensor> texts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var wasTraining = training;
        eval();
        try
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var (features, targets) = (new List<Tensor>(), new List<Tensor>());
            foreach (var batch in texts.Batches(epoch: 0, cancellation: cancellation))
            {
                features.Add(Features(batch.Inputs));
                targets.Add(batch.Targets.clone());
            }
            // Batches end early without a word.
            cancellation.ThrowIfCancellationRequested();
            return (cat(features, 0).MoveToOuterDisposeScope(), cat(targets, 0).MoveToOuterDisposeScope());
        }
        finally
        {
            train(wasTraining);
        }
    }

    /// <summary>Places whole texts; null without <see cref="TextFeatures.Topics"/>.</summary>
    internal TextTopics? Topics => topics;

    // The numbers of each feature.
    private int[] FeatureSizes =>
        [.. Enumerable.Repeat(Options.Encoder.EmbeddingSize, ConcatPooling.Parts(Options.Features)), .. topics is null ? Array.Empty<int>() : [Options.TopicCount]];

    // What the encoder says is hundreds of numbers, of which few labels can't tell the useful ones: beside topics they begin
    // smaller. Measured on film reviews (docs/lessons/10.md): no worse than topics alone with 100 labels, nearly as good as at
    // full size with 2,500.
    private double[] FeatureScales => [.. FeatureSizes.Select((_, feature) => topics is not null && feature < ConcatPooling.Parts(Options.Features) ? 0.5 : 1)];

    /// <summary>The features of each text, in the order of <see cref="TextFeatures"/>: [batch, numbers of all].</summary>
    internal Tensor Features(TextBatch batch)
    {
        using var scope = NewDisposeScope();
        var layout = new BatchLayout(batch, Options.ChunkLength, Options.MaxLength);
        if (topics is null) return Pooled(batch, layout).MoveToOuterDisposeScope();
        var place = topics.call(batch);
        // Who looks at nothing else needs no encoder.
        return (Options.Features == TextFeatures.Topics ? place : cat([Pooled(batch, layout), place], 1)).MoveToOuterDisposeScope();
    }

    private Tensor Pooled(TextBatch batch, BatchLayout layout)
    {
        using var scope = NewDisposeScope();
        var tokens = layout.Sort(batch.Tokens);
        var pooling = new ConcatPooling(layout, Options.Features);
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
        var output = encoder.call(chunk);
        pooling.Add(output.Raw, output.Embedded, word_weights?.index_select(0, chunk.reshape(-1)).reshape(active, steps, 1), start);
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
