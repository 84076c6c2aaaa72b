namespace DeepCourse.Text.Transfer;

/// <summary>The language models that come with the library.</summary>
public static class LanguageModels
{
    private const string Prefix = "DeepCourse.Weights.";
    private const string EnglishFile = "english.safetensors";
    private static readonly Lazy<PretrainedLanguageModel> BundledEnglish = new(() => Bundled(EnglishFile));

    /// <summary>A small general model of English, to fine-tune on texts of one's own; what it was trained on, and how good
    /// it is, stands in the README beside its weights.</summary>
    /// <exception cref="InvalidOperationException">The library was built without its weights.</exception>
    public static PretrainedLanguageModel English => BundledEnglish.Value;

    /// <summary>Whether the library was built with the weights of <see cref="English"/>.</summary>
    internal static bool HasEnglish => typeof(LanguageModels).Assembly.GetManifestResourceInfo(Prefix + EnglishFile) is not null;

    private static PretrainedLanguageModel Bundled(string file) => PretrainedLanguageModel.Load(
        () => Open(file) ?? throw new InvalidOperationException(
            $"The library was built without its weights '{file}'. Train a language model on texts of your own, or open fastai's with {nameof(PretrainedLanguageModel)}.{nameof(PretrainedLanguageModel.FromFastai)}."),
        file);

    private static Stream? Open(string file) =>
        typeof(LanguageModels).Assembly.GetManifestResourceStream(Prefix + file);
}
