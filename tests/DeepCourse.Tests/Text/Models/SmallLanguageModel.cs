using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

/// <summary>Language models of a size for tests.</summary>
internal static class SmallLanguageModel
{
    public static AwdLstmOptions Options(AwdDropouts? dropouts = null, int layers = 2) => new(VocabularySize: 19)
    {
        EmbeddingSize = 6,
        HiddenSize = 10,
        Layers = layers,
        Dropouts = dropouts ?? AwdDropouts.None,
    };

    /// <summary>A model with weights that are always the same.</summary>
    public static LanguageModel Make(AwdDropouts? dropouts = null, int layers = 2)
    {
        manual_seed(42);
        return new LanguageModel(Options(dropouts, layers));
    }

    public static Tensor Tokens(int batch, int steps)
    {
        manual_seed(batch * 100 + steps);
        return randint(2, 19, [batch, steps], int64);
    }
}
