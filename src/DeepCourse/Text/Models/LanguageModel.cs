using DeepCourse.Optimization;

namespace DeepCourse.Text.Models;

/// <summary>Says for each token of a text which one comes next.</summary>
/// <remarks>
/// <para>An <see cref="AwdLstm"/> and a decoder whose weight is the table of embeddings. Targets are the tokens shifted by
/// one; a loader that reverses its texts makes a backward model of it.</para>
/// <para>Layer groups as in fastai: one for each recurrent layer, from the first on, and last the embeddings with the
/// decoder, so that a language model that is tuned to another field learns its new words first.</para>
/// <para>Names of the weights: those of the encoder behind <c>encoder.</c>, and <c>decoder.bias</c>
/// (an adaptive softmax has more of them, behind <c>decoder.clusters.</c>).</para>
/// </remarks>
public sealed class LanguageModel : Module<Tensor, LanguageModelOutput>, ILayerGroups
{
    private readonly AwdLstm encoder;
    private readonly Decoder decoder;

    /// <summary>Makes the model with random weights.</summary>
    /// <param name="options">Sizes and dropouts of the encoder.</param>
    /// <param name="softmax">A cheaper decoder for large vocabularies; by default the full one.</param>
    public LanguageModel(AwdLstmOptions options, AdaptiveSoftmax? softmax = null) : this(new AwdLstm(options), softmax)
    {
    }

    /// <summary>Puts a decoder upon an encoder.</summary>
    /// <param name="encoder">Becomes the model's, which disposes it.</param>
    /// <param name="softmax">A cheaper decoder for large vocabularies; by default the full one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clusters do not fit the vocabulary.</exception>
    public LanguageModel(AwdLstm encoder, AdaptiveSoftmax? softmax = null) : base(nameof(LanguageModel))
    {
        ArgumentNullException.ThrowIfNull(encoder);
        this.encoder = encoder;
        var (vocabulary, features) = (encoder.Options.VocabularySize, encoder.Options.EmbeddingSize);
        decoder = softmax is null
            ? new TiedDecoder(vocabulary)
            : new AdaptiveDecoder(softmax.Checked(vocabulary), vocabulary, features);
        RegisterComponents();
    }

    /// <summary>The recurrent body.</summary>
    public AwdLstm Encoder => encoder;

    /// <summary>The bias of the full decoder, [vocabulary].</summary>
    /// <exception cref="InvalidOperationException">The model has an adaptive softmax.</exception>
    public Parameter DecoderBias => (decoder as TiedDecoder)?.Bias
        ?? throw new InvalidOperationException("a model with an adaptive softmax has no bias of the full decoder");

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups =>
        [.. encoder.RecurrentLayers.Select(layer => (IReadOnlyList<Module>)[layer]), [encoder.Table, decoder]];

    /// <summary>Forgets what was read so far: the next batch begins new texts.</summary>
    public void ResetState() => encoder.ResetState();

    /// <inheritdoc/>
    /// <param name="input">Tokens, int64 [batch, steps]; the model goes on where the batch before ended.</param>
    public override LanguageModelOutput forward(Tensor input) =>
        new(encoder.call(input), decoder, encoder.Table.weight!, training);
}
