using System.Buffers;
using DeepCourse.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text;

/// <summary>Words to numbers and back.</summary>
public class WordEncoderTests
{
    private static readonly TokenVocabulary Words = new([.. SpecialToken.All, "the", "cat", "sat"]);

    [Fact]
    public void Encode_Text_BeginsItAndMarksUnknownWords()
    {
        var ids = new ArrayBufferWriter<int>();

        new WordEncoder(new SpacedTokenizer(), Words).Encode("the dog sat", ids);

        Assert.Equal([2, 9, 0, 11], ids.WrittenSpan.ToArray());
    }

    [Fact]
    public void Encode_SeveralTexts_AppendsEach()
    {
        var ids = new ArrayBufferWriter<int>();
        var encoder = new WordEncoder(new SpacedTokenizer(), Words);

        encoder.Encode("the", ids);
        encoder.Encode("", ids);
        encoder.Encode("cat", ids);

        Assert.Equal([2, 9, 2, 2, 10], ids.WrittenSpan.ToArray());
    }

    [Fact]
    public void Encode_TextThatBeginsAlready_IsNotBegunTwice()
    {
        var ids = new ArrayBufferWriter<int>();

        new WordEncoder(new SpacedTokenizer(), Words).Encode("xxbos the cat", ids);

        Assert.Equal([2, 9, 10], ids.WrittenSpan.ToArray());
    }

    [Fact]
    public void Decode_Numbers_JoinsTheWords() =>
        Assert.Equal("the cat xxunk", new WordEncoder(new SpacedTokenizer(), Words).Decode([2, 9, 10, 0]));

    [Fact]
    public void Fingerprint_OtherVocabularyOrTokenizer_Differs()
    {
        var encoder = new WordEncoder(new SpacedTokenizer(), Words);
        Assert.Equal(encoder.Fingerprint, new WordEncoder(new SpacedTokenizer(), new([.. Words])).Fingerprint);
        Assert.NotEqual(encoder.Fingerprint, new WordEncoder(new SpacedTokenizer(), new([.. Words, "x"])).Fingerprint);
        Assert.NotEqual(encoder.Fingerprint, new WordEncoder(new SpacedTokenizer(), new(Words, unknown: "the")).Fingerprint);
    }

    [Fact]
    public void Constructor_VocabularyWithoutWhatEncodingNeeds_SaysSo()
    {
        Assert.Contains("xxbos", Assert.Throws<ArgumentException>(
            () => new WordEncoder(new SpacedTokenizer(), new(["xxunk", "a"]))).Message);
        Assert.Contains("unknown", Assert.Throws<ArgumentException>(
            () => new WordEncoder(new SpacedTokenizer(), new(["xxbos", "a"], unknown: null))).Message);
    }

    [Fact]
    public void Encode_KnownWords_AllocatesNothingPerToken()
    {
        var encoder = new WordEncoder(new SpacedTokenizer(), Words);
        var text = string.Join(' ', Enumerable.Repeat("the cat sat dog", 1000));
        var ids = new ArrayBufferWriter<int>(100_000);
        encoder.Encode(text, ids);

        var before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Encode(text, ids);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }
}
