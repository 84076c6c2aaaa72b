using DeepCourse.Tensors;
using DeepCourse.Training;

namespace DeepCourse.Text.Models;

/// <summary>Recurrent layers over embedded tokens with five kinds of dropout: the body of language models and of text
/// classifiers.</summary>
/// <remarks>
/// <para>Merity, Keskar and Socher 2018 (arXiv 1708.02182), as ULMFiT uses it (Howard and Ruder 2018, arXiv 1801.06146).
/// All layers have <see cref="AwdLstmOptions.HiddenSize"/> units but the last, which has as many as an embedding has
/// numbers.</para>
/// <para>The state is carried from call to call, without gradients: a text that is cut into batches is read as one. A
/// batch of another size, on another device or in another precision begins anew, and so does <see cref="ResetState"/>.
/// The state is not among the weights that are saved.</para>
/// <para>Names of the weights: <c>embedding.weight</c> and, for each layer,
/// <c>layers.0.weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c> (with quasi-recurrent layers
/// <c>weight</c> and <c>bias</c>).</para>
/// </remarks>
public sealed class AwdLstm : Module<Tensor, AwdLstmOutput>, IStatefulModule
{
    private const double EmbeddingBound = 0.1;

    private readonly Embedding embedding;
    private readonly ModuleList<RecurrentLayer> layers;

    // Not a field of tensors: modules take those for buffers.
    private readonly StateSlot _state = new();

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="options">Sizes and dropouts.</param>
    public AwdLstm(AwdLstmOptions options) : base(nameof(AwdLstm))
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options.Checked();
        embedding = Embedding(
            options.VocabularySize, options.EmbeddingSize, options.PaddingIndex < 0 ? null : options.PaddingIndex);
        init.uniform_(embedding.weight!, -EmbeddingBound, EmbeddingBound);
        layers = ModuleList([.. Enumerable.Range(0, options.Layers).Select(Layer)]);
        RegisterComponents();
    }

    /// <summary>What the network was made from.</summary>
    public AwdLstmOptions Options { get; }

    /// <summary>What training drops now; may be changed between two batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not from 0 to less than 1.</exception>
    public AwdDropouts Dropouts
    {
        get => field ?? Options.Dropouts;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.Checked();
        }
    }

    /// <summary>The table of embeddings, with the weight [vocabulary, embedding].</summary>
    public Embedding Table => embedding;

    /// <summary>The recurrent layers from the first to the last, for layer groups.</summary>
    public IReadOnlyList<Module> RecurrentLayers => [.. layers];

    /// <summary>Forgets what was read so far: the next batch begins new texts.</summary>
    public void ResetState() => _state.Put(null);

    /// <inheritdoc/>
    /// <param name="input">Tokens, int64 [batch, steps]; at least one step.</param>
    public override AwdLstmOutput forward(Tensor input)
    {
        Guard.Rank(input, 2);
        if (input.size(1) == 0) throw new ShapeException(nameof(input), "[batch, at least 1 step]", input.shape);
        using var scope = NewDisposeScope();
        var dropouts = training ? Dropouts : AwdDropouts.None;
        var tokens = input.t().contiguous();
        var x = VariationalDropout.ApplyToWords(
            embedding.call(tokens), tokens, Options.VocabularySize, dropouts.Embedding);
        x = VariationalDropout.Apply(x, dropouts.Input);
        var embedded = x;
        var before = _state.Fitting(x);
        var after = new Tensor[layers.Count][];
        var raw = x;
        for (var i = 0; i < layers.Count; i++)
        {
            if (i > 0) x = VariationalDropout.Apply(raw, dropouts.Hidden);
            (raw, after[i]) = layers[i].Run(x, before?.Layers[i], dropouts.Weight);
        }
        // Mixed precision may have narrowed it; the next batch comes as this one came.
        _state.Put(RecurrentState.Keep(after, embedded.dtype));
        var dropped = VariationalDropout.Apply(raw, dropouts.Output);
        return new AwdLstmOutput(
            raw.transpose(0, 1).MoveToOuterDisposeScope(), dropped.transpose(0, 1).MoveToOuterDisposeScope(),
            embedded.transpose(0, 1).MoveToOuterDisposeScope());
    }

    /// <summary>Takes the state out, so that the next batch begins anew and the state can be put back later.</summary>
    internal RecurrentState? TakeState() => _state.Take();

    /// <summary>Puts a state back, freeing the present one.</summary>
    internal void PutState(RecurrentState? state) => _state.Put(state);

    /// <summary>The state as it is; it stays the network's.</summary>
    internal RecurrentState? PeekState() => _state.Current;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _state.Put(null);
        base.Dispose(disposing);
    }

    private RecurrentLayer Layer(int index)
    {
        var inputs = index == 0 ? Options.EmbeddingSize : Options.HiddenSize;
        var hidden = index == Options.Layers - 1 ? Options.EmbeddingSize : Options.HiddenSize;
        return Options.Cell switch
        {
            RecurrentCell.Lstm => new LstmLayer(inputs, hidden),
            // As in fastai only the first layer sees two steps at once.
            RecurrentCell.Qrnn => new QrnnLayer(inputs, hidden, window: index == 0 ? 2 : 1, Options.Zoneout),
            _ => throw new NotSupportedException($"no layers of {Options.Cell}"),
        };
    }
}
