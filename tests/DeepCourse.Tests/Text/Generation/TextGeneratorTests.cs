using System.Buffers;
using DeepCourse.Tensors;
using DeepCourse.Tests.Text.Models;
using DeepCourse.Text;
using DeepCourse.Text.Generation;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Generation;

public sealed class TextGeneratorTests
{
    [Fact]
    public void OneTokenAtATime_IsTheSameAsReadingTheWholeTextAgain()
    {
        using var scope = NewDisposeScope();
        using var model = Sharp();
        var generated = new TextGenerator(model, new Letters()).GenerateIds([9, 10, 11], 12, Sampling.Greedy);
        model.eval();
        List<int> text = [9, 10, 11];
        foreach (var token in generated)
        {
            model.ResetState();
            using var frozen = no_grad();
            var logits = model.call(tensor(text.ConvertAll(id => (long)id).ToArray()).unsqueeze(0)).Logits()[0, text.Count - 1];
            logits[0] = logits[1] = float.NegativeInfinity;
            Assert.Equal(logits.argmax().item<long>(), token);
            text.Add(token);
        }
    }

    [Fact]
    public void ATokenThatBeginsAText_EndsTheOneBefore()
    {
        using var model = Sharp();
        using (no_grad()) model.DecoderBias[2] = tensor(1000f);
        Assert.Empty(new TextGenerator(model, new Letters()).GenerateIds([9], 20));
    }

    [Fact]
    public void UnknownWordsAndPadding_NeverCome()
    {
        using var model = Sharp();
        using (no_grad()) model.DecoderBias[0] = model.DecoderBias[1] = tensor(1000f);
        var generated = new TextGenerator(model, new Letters()).GenerateIds([9], 20);
        Assert.DoesNotContain(0, generated);
        Assert.DoesNotContain(1, generated);
    }

    [Fact]
    public void TheModel_IsLeftAsItWas()
    {
        using var scope = NewDisposeScope();
        using var model = Sharp();
        model.call(SmallLanguageModel.Tokens(2, 5));
        var memory = model.Encoder.PeekState()!.Layers[1][1].ReadFloats();
        new TextGenerator(model, new Letters()).Generate("abc", 5);
        Assert.True(model.training);
        Assert.Equal(memory, model.Encoder.PeekState()!.Layers[1][1].ReadFloats());
    }

    [Fact]
    public void TheText_BeginsWithThePromptAndFollowsTheSeed()
    {
        using var model = Sharp();
        var generator = new TextGenerator(model, new Letters());
        var text = generator.Generate("abc", 8, seed: 1);
        Assert.StartsWith("abc", text, StringComparison.Ordinal);
        Assert.Equal(text, generator.Generate("abc", 8, seed: 1));
        Assert.NotEqual(text, generator.Generate("abc", 8, seed: 2));
        Assert.Throws<ArgumentException>(() => generator.Generate("", 8));
    }

    // Without training every token is about as likely as another: larger weights make a choice of it.
    private static LanguageModel Sharp()
    {
        var model = SmallLanguageModel.Make(AwdDropouts.LanguageModel);
        using var frozen = no_grad();
        foreach (var parameter in model.parameters()) parameter.mul_(4);
        return model;
    }

    private sealed class Letters : ITextEncoder
    {
        public TokenVocabulary Vocabulary { get; } = new([.. SpecialToken.All, .. "abcdefghij".Select(letter => letter.ToString())]);

        public string Fingerprint => Vocabulary.Fingerprint;

        public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids)
        {
            foreach (var letter in text) ids.Write([Vocabulary.IndexOf([letter])]);
        }

        public string Decode(ReadOnlySpan<int> ids) => string.Concat(ids.ToArray().Select(id => Vocabulary[id]));
    }
}
