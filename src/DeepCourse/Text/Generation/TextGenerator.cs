using System.Buffers;
using DeepCourse.Tensors;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Generation;

/// <summary>Lets a language model go on with a text.</summary>
/// <param name="model">A forward model; what it remembers, and its mode, are left as they were.</param>
/// <param name="encoder">The model's tokens.</param>
public sealed class TextGenerator(LanguageModel model, ITextEncoder encoder)
{
    /// <summary>Goes on with a text until the model ends it, or the length is reached.</summary>
    /// <param name="prompt">How the text begins; may be empty where the encoder puts a token in front.</param>
    /// <param name="tokens">The most tokens to add.</param>
    /// <param name="sampling">How tokens are drawn; by default as likely as the model says.</param>
    /// <param name="seed">The same seed gives the same text.</param>
    /// <returns>The prompt and what follows it, as the encoder writes it.</returns>
    /// <exception cref="ArgumentException">The prompt has no token.</exception>
    public string Generate(string prompt, int tokens = 100, Sampling? sampling = null, int seed = 42)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var ids = new ArrayBufferWriter<int>();
        encoder.Encode(prompt, ids);
        return encoder.Decode([.. ids.WrittenSpan, .. GenerateIds(ids.WrittenSpan, tokens, sampling, seed)]);
    }

    /// <summary>Goes on with tokens.</summary>
    /// <param name="prompt">Numbers of tokens; at least one.</param>
    /// <param name="tokens">The most tokens to add.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="seed">The same seed gives the same tokens.</param>
    /// <returns>The tokens that follow, without one that ends the text. Unknown words and padding never come.</returns>
    /// <exception cref="ArgumentException">The prompt has no token.</exception>
    public IReadOnlyList<int> GenerateIds(ReadOnlySpan<int> prompt, int tokens = 100, Sampling? sampling = null, int seed = 42)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        if (prompt.IsEmpty) throw new ArgumentException("the prompt has no token: a model needs one to go on from", nameof(prompt));
        var sampler = new TokenSampler(sampling ?? new Sampling(), seed);
        int[] ends = [.. Numbers(SpecialToken.Begin, SpecialToken.End)];
        int[] forbidden = [.. Numbers(SpecialToken.Unknown, SpecialToken.Padding)];
        var added = new List<int>();
        var (memory, training) = (model.Encoder.TakeState(), model.training);
        model.eval();
        try
        {
            var next = prompt.ToArray();
            while (added.Count < tokens)
            {
                var token = sampler.Draw(Read(next), forbidden);
                if (ends.Contains(token)) break;
                added.Add(token);
                next = [token];
            }
        }
        finally
        {
            model.train(training);
            model.Encoder.PutState(memory);
        }
        return added;
    }

    // The model remembers what it has read, so each token goes through it once.
    private float[] Read(int[] tokens)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var input = tensor(Array.ConvertAll(tokens, token => (long)token)).unsqueeze(0);
        return model.call(input.to(model.Encoder.Table.weight!.device)).LastLogits().ReadFloats();
    }

    private IEnumerable<int> Numbers(params string[] tokens) => tokens
        .Where(token => encoder.Vocabulary.Contains(token))
        .Select(token => encoder.Vocabulary.IndexOf(token));
}
