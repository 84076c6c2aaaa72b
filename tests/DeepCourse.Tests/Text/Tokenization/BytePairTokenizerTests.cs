using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using DeepCourse.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

public sealed partial class BytePairTokenizerTests
{
    private static readonly BytePairTokenizer tokenizer = BytePairReference.All[0].Tokenizer;

    [Fact]
    public void Numbers_EqualThoseOfThePlainImplementation()
    {
        foreach (var reference in BytePairReference.All)
        {
            var ours = reference.Tokenizer;
            foreach (var (text, numbers) in reference.Encoded)
                Assert.True(numbers.SequenceEqual(Encode(ours, text)), TokenizerReference.Show(text));
        }
    }

    [Fact]
    public void Pieces_EqualThoseOfThePublishedPattern()
    {
        const string Signs = "aB é'strevmlld   \n\t\r\u00a0\u2003\u20281½٣!?.-_#\u0301\u200d\u0000東'";
        var draw = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var text = new string(draw.GetItems<char>(Signs, draw.Next(1, 20)));
            var ours = new List<string>();
            for (var at = 0; at < text.Length; at += ours[^1].Length) ours.Add(text[at..BytePairPattern.EndOf(text, at)]);
            Assert.Equal(Published().Matches(text).Select(match => match.Value), ours);
        }
    }

    [Fact]
    public void Texts_ComeBack()
    {
        var draw = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder();
            for (var length = draw.Next(40); length > 0; length--)
            {
                // All of Unicode, and plain letters in between.
                var rune = draw.Next(2) == 0 ? draw.Next(128) : draw.Next(0x110000);
                text.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : " word");
            }
            Assert.Equal(text.ToString(), tokenizer.Decode(Encode(tokenizer, text.ToString())));
            Assert.Equal(text.ToString(), tokenizer.Join(Cut(tokenizer, text.ToString())));
        }
        Assert.Equal("a\ufffdb", tokenizer.Decode(Encode(tokenizer, "a\ud800b")));
    }

    [Fact]
    public void Tokens_AreThoseOfTheNumbers()
    {
        const string Text = "The film was brilliant, été!";
        Assert.Equal(Encode(tokenizer, Text).Select(number => tokenizer.Vocabulary[number]), Cut(tokenizer, Text));
        Assert.Contains("Ġfilm", Cut(tokenizer, Text));
    }

    [Fact]
    public void SpecialTokens_AreFoundOnlyWhereAsked()
    {
        var reference = BytePairReference.All[1];
        var end = reference.Tokens.ToList().IndexOf("<|end|>");
        Assert.Equal([end, end], Encode(reference.Tokenizer, "<|end|><|end|>"));
        var deaf = new BytePairTokenizer(reference.Tokenizer.Vocabulary, reference.Merges);
        Assert.DoesNotContain(end, Encode(deaf, "<|end|>"));
        Assert.Equal("<|end|>", deaf.Decode(Encode(deaf, "<|end|>")));
        var beginning = new BytePairTokenizer(reference.Tokenizer.Vocabulary, reference.Merges, new() { Begin = "<|end|>" });
        Assert.Equal(end, Encode(beginning, "")[0]);
        Assert.Equal(3, new[] { reference.Tokenizer, deaf, beginning }.Select(one => one.Fingerprint).Distinct().Count());
    }

    // All merges of one piece of a million letters: trying each again and again would take hours.
    [Fact]
    public void OneEndlessWord_IsEncoded()
    {
        const int Length = 1_000_000;
        var numbers = Encode(tokenizer, string.Concat(Enumerable.Repeat("ban", Length / 3)));
        Assert.Equal(Length / 3 * 3, tokenizer.Decode(numbers).Length);
    }

    [Fact]
    public void Threads_GetTheSame()
    {
        var texts = BytePairReference.All[0].Documents;
        var alone = texts.Select(text => Encode(tokenizer, text)).ToArray();
        Parallel.For(0, 200, index => Assert.Equal(alone[index % texts.Length], Encode(tokenizer, texts[index % texts.Length])));
    }

    [Fact]
    public void Arguments_AreChecked()
    {
        var vocabulary = tokenizer.Vocabulary;
        Assert.Contains("needs the token 'zq'", Error(vocabulary, [new("z", "q")], new()), StringComparison.Ordinal);
        Assert.Contains("twice", Error(vocabulary, [tokenizer.Merges[0], tokenizer.Merges[0]], new()), StringComparison.Ordinal);
        Assert.Contains("'xxbos' is not in the vocabulary", Error(vocabulary, [], new() { SpecialTokens = ["xxbos"] }), StringComparison.Ordinal);
        Assert.Contains("no token for the byte 0", Error(new(["a"], unknown: null), [], new()), StringComparison.Ordinal);
    }

    private static string Error(TokenVocabulary vocabulary, BytePairMerge[] merges, BytePairOptions options) =>
        Assert.Throws<ArgumentException>(() => new BytePairTokenizer(vocabulary, merges, options)).Message;

    private static int[] Encode(BytePairTokenizer encoder, string text)
    {
        var numbers = new ArrayBufferWriter<int>();
        encoder.Encode(text, numbers);
        return numbers.WrittenSpan.ToArray();
    }

    private static string[] Cut(BytePairTokenizer encoder, string text)
    {
        var tokens = new TokenBuffer();
        encoder.Tokenize(text, tokens);
        return tokens.ToArray();
    }

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Published();
}
