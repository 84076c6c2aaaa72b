using DeepCourse.Tensors;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

public sealed class BytePairFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bytepairs").FullName;

    private string VocabularyPath => Path.Combine(_folder, "vocab.json");

    private string MergesPath => Path.Combine(_folder, "merges.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SavedFiles_LoadAsTheSameTokenizer()
    {
        foreach (var reference in BytePairReference.All)
        {
            var tokenizer = reference.Tokenizer;
            tokenizer.Save(VocabularyPath, MergesPath);
            var loaded = BytePairTokenizer.Load(VocabularyPath, MergesPath, tokenizer.Options);
            Assert.Equal(tokenizer.Fingerprint, loaded.Fingerprint);
            Assert.Equal(tokenizer.Vocabulary, loaded.Vocabulary);
            Assert.Equal(tokenizer.Merges, loaded.Merges);
        }
        Assert.StartsWith("#version: 0.2\n", File.ReadAllText(MergesPath), StringComparison.Ordinal);
        // As other programs write it: the alphabet of bytes without escapes.
        Assert.Contains("\"Ġ\":", File.ReadAllText(VocabularyPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b\na c d\n", "line 2", "'a c d'")]
    [InlineData("#version: 0.2\n\na b\nab\n", "line 4", "'ab'")]
    [InlineData("a b\na  b\n", "line 2", "one space")]
    [InlineData("a b\nz q\n", "line 2", "no 'zq'")]
    [InlineData("a b\nx a\na b\n", "line 3", "twice")]
    public void BrokenMerges_NameTheLine(string merges, string line, string problem)
    {
        string[] tokens = [.. ByteAlphabet.Ordered.Select(character => character.ToString()), "ab", "xa"];
        new BytePairTokenizer(new(tokens, unknown: null), []).Save(VocabularyPath, MergesPath);
        File.WriteAllText(MergesPath, merges);
        var error = Assert.Throws<DataFormatException>(() => BytePairTokenizer.Load(VocabularyPath, MergesPath));
        Assert.Equal(MergesPath, error.Path);
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "expected an object")]
    [InlineData("{\"a\": 0,\n\"b\": -1}", "'b' needs a number from 0 on (line 2)")]
    [InlineData("{\"a\": 0,\n\n\"b\": \"x\"}", "(line 3)")]
    [InlineData("{\"a\": 0, \"a\": 1}", "'a' occurs twice")]
    [InlineData("{\"a\": 0,\n\"b\" 1}", "not JSON")]
    [InlineData("{\"a\": 0, \"b\": 0}", "'a' and 'b' both have the number 0")]
    [InlineData("{\"a\": 0, \"b\": 2}", "no gaps")]
    [InlineData("{\"a\": 0, \"b\": 1}", "no token for the byte 0")]
    [InlineData("", "not JSON")]
    public void BrokenVocabularies_SayWhatIsWrong(string json, string problem)
    {
        File.WriteAllText(VocabularyPath, json);
        var error = Assert.Throws<DataFormatException>(() => BytePairTokenizer.Load(VocabularyPath, MergesPath));
        Assert.Equal(VocabularyPath, error.Path);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
