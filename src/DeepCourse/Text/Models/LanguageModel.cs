using DeepCourse.Optimization;

namespace DeepCourse.Text.Models;

/// <summary>Says for each token of a text which one comes next.</summary>
/// <remarks>
/// <para>An <see cref="AwdLstm"/> and a decoder whose weight is the table of embeddings. Targets are the tokens shifted by
/// one; a loader that reverses its texts makes a backward model of it.</para>
/// <para>Layer groups as in fastai: one for each recurrent layer, from the first on, and last the embeddings with the
/// decoder, so that a language model that is tuned to another field learns its new words first.</para>
/// <para>Names of the weights: those of the encoder behind <c>encoder.</c>, and <c>decoder.bias</c>.</para>
/// </remarks>
public sealed class LanguageModel : Module<Tensor, LanguageModelOutput>, ILayerGroups
{
    private readonly AwdLstm encoder;
    private readonly TiedDecoder decoder;

    /// <summary>Makes the model with random weights.</summary>
    /// <param name="options">Sizes and dropouts of the encoder.</param>
    public LanguageModel(AwdLstmOptions options) : this(new AwdLstm(options))
    {
    }

    /// <summary>Puts a decoder upon an encoder.</summary>
    /// <param name="encoder">Becomes the model's, which disposes it.</param>
    public LanguageModel(AwdLstm encoder) : base(nameof(LanguageModel))
    {
        ArgumentNullException.ThrowIfNull(encoder);
        this.encoder = encoder;
        decoder = new TiedDecoder(encoder.Options.VocabularySize);
        RegisterComponents();
    }

    /// <summary>The recurrent body.</summary>
    public AwdLstm Encoder => encoder;

    /// <summary>The bias of the decoder, [vocabulary].</summary>
    public Parameter DecoderBias => decoder.Bias;

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Module>> LayerGroups =>
        [.. encoder.RecurrentLayers.Select(layer => (IReadOnlyList<Module>)[layer]), [encoder.Table, decoder]];

    /// <summary>Forgets what was read so far: the next batch begins new texts.</summary>
    public void ResetState() => encoder.ResetState();

    /// <inheritdoc/>
    /// <param name="input">Tokens, int64 [batch, steps]; the model goes on where the batch before ended.</param>
    public override LanguageModelOutput forward(Tensor input) =>
        new(encoder.call(input), encoder.Table.weight!, decoder.Bias, training);
}
