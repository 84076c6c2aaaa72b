using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Tensors.Formats;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Transfer;

/// <summary>A trained language model to start from: its weights together with the vocabulary that they mean.</summary>
/// <remarks>One safetensors file holds both, and the model's options. The weights are read when they are used, so an
/// object of this class is small, never changes and needs no freeing.</remarks>
public sealed partial class PretrainedLanguageModel
{
    internal const string Kind = "language model";
    private const string OptionsKey = "options";
    private const string DirectionKey = "direction";
    private const string Backward = "backward";
    private const string EncoderPrefix = "encoder.";

    private readonly Func<IReadOnlyDictionary<string, Tensor>> _read;

    /// <summary>Describes weights that <paramref name="read"/> gives in the caller's dispose scope.</summary>
    /// <exception cref="VocabularyMismatchException">The options speak of another number of tokens.</exception>
    internal PretrainedLanguageModel(
        string name,
        AwdLstmOptions options,
        TokenVocabulary vocabulary,
        string tokenizer,
        bool isBackward,
        Func<IReadOnlyDictionary<string, Tensor>> read)
    {
        (Name, Options, Vocabulary, Tokenizer, IsBackward, _read) = (name, options, vocabulary, tokenizer, isBackward, read);
        if (options.VocabularySize != vocabulary.Count)
            throw new VocabularyMismatchException(name, options.VocabularySize, vocabulary.Count);
    }

    /// <summary>What messages call it: its file.</summary>
    public string Name { get; }

    /// <summary>The sizes of the model, and the dropouts that it was trained with.</summary>
    public AwdLstmOptions Options { get; }

    /// <summary>The tokens that the rows of the embedding stand for.</summary>
    public TokenVocabulary Vocabulary { get; }

    /// <summary>The description of the tokenizer that made the tokens; empty where it isn't known.</summary>
    public string Tokenizer { get; }

    /// <summary>Whether it was trained on texts from their last token to their first.</summary>
    public bool IsBackward { get; }

    /// <summary>Opens a file that <see cref="Save"/> wrote.</summary>
    /// <param name="path">A safetensors file; it must stay where it is.</param>
    /// <exception cref="DataFormatException">The file is broken, or holds no language model.</exception>
    /// <exception cref="VocabularyMismatchException">Its weights are for another number of tokens than it lists.</exception>
    public static PretrainedLanguageModel Load(string path) =>
        Load(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), path);

    /// <summary>Opens fastai's weights, such as those of WikiText-103: versions 0.7, 1 and 2, LSTM only.</summary>
    /// <param name="weights">The file with the weights, <c>lstm_fwd.pth</c> or <c>fwd_wt103.h5</c>; it must stay where it
    /// is.</param>
    /// <param name="vocabulary">The pickled list of tokens, <c>itos_wt103.pkl</c>.</param>
    /// <param name="isBackward">Whether the weights are those of the backward model.</param>
    /// <remarks>Both files are read without running anything in them. Special tokens get the names of
    /// <see cref="Tokenization.SpecialToken"/>, whatever the version called them.</remarks>
    /// <exception cref="DataFormatException">A file is broken, or the weights are of another model.</exception>
    /// <exception cref="VocabularyMismatchException">The two files are for different numbers of tokens.</exception>
    public static PretrainedLanguageModel FromFastai(string weights, string vocabulary, bool isBackward = false) =>
        FastaiLanguageModel.Open(weights, vocabulary, isBackward);

    /// <summary>Takes a model that has been trained here.</summary>
    /// <param name="model">Belongs to the caller and must live as long as it is copied from; its weights are taken at that
    /// time.</param>
    /// <param name="vocabulary">The one it was trained with.</param>
    /// <param name="tokenizer">The tokenizer's description.</param>
    /// <param name="isBackward">Whether it was trained on texts from their last token to their first.</param>
    /// <exception cref="VocabularyMismatchException">The model is for another number of tokens.</exception>
    public static PretrainedLanguageModel Of(
        LanguageModel model, TokenVocabulary vocabulary, string tokenizer = "", bool isBackward = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new("the language model", model.Encoder.Options, vocabulary, tokenizer, isBackward, () => model.state_dict());
    }

    /// <summary>Writes weights, options and vocabulary to one safetensors file.</summary>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="type">The type of the weights in the file: float16 halves it and costs no accuracy worth
    /// mentioning.</param>
    public void Save(string path, ScalarType type = ScalarType.Float16)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var notes = VocabularyNotes.Write(Kind, Vocabulary, Tokenizer);
        notes[OptionsKey] = JsonSerializer.Serialize(Options, VocabularyNotes.Json);
        notes[DirectionKey] = IsBackward ? Backward : "forward";
        Weights.Write(path, Read().ToDictionary(pair => pair.Key, pair => pair.Value.to_type(type)), notes);
    }

    /// <summary>Demands that a vocabulary numbers the tokens as these weights do.</summary>
    /// <param name="vocabulary">The one at hand.</param>
    /// <exception cref="VocabularyMismatchException">It doesn't; the message has sizes and the first token that
    /// differs.</exception>
    public void Require(TokenVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        vocabulary.RequireSame(Vocabulary, Name);
    }

    internal static PretrainedLanguageModel Load(Func<Stream> open, string name)
    {
        using var stream = open();
        if (WeightsFile.KindOf(stream, name) != WeightsFile.Kind.Safetensors)
            throw new DataFormatException(name, "expected safetensors; fastai's weights are opened by FromFastai, with their vocabulary");
        var notes = new VocabularyNotes(SafetensorsHeader.ReadMetadata(stream, name), name, Kind);
        return new(
            name, notes.Read<AwdLstmOptions>(OptionsKey), notes.Vocabulary, notes.Tokenizer, notes.Text(DirectionKey) == Backward,
            () =>
            {
                using var contents = open();
                return SafetensorsReader.Read(contents, name);
            });
    }

    /// <summary>The weights by the keys of <see cref="LanguageModel"/>, in the caller's dispose scope.</summary>
    private IReadOnlyDictionary<string, Tensor> Read()
    {
        var weights = _read();
        if (weights.TryGetValue(LanguageModelKeys.Embedding, out var embedding) && embedding.size(0) != Vocabulary.Count)
            throw new VocabularyMismatchException(Name, (int)embedding.size(0), Vocabulary.Count);
        return weights;
    }
}
