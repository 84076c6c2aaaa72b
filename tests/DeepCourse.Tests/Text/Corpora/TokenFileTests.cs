using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Corpora;

/// <summary>What is said about a token file that is not what it should be.</summary>
public sealed class TokenFileTests : IDisposable
{
    private static readonly WordEncoder Words = new(new SpacedTokenizer(), new([.. SpecialToken.All, "a", "b"]));

    private readonly string _folder = Directory.CreateTempSubdirectory("tokens").FullName;
    private readonly string _path;

    public TokenFileTests()
    {
        _path = Path.Combine(_folder, "corpus.tokens");
        new CorpusBuilder(Words).Build(Documents.Of(["a b", "b a b"]), _path).Dispose();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AnotherVocabulary_NamesBothFingerprintsAndTheWayOut()
    {
        var other = new WordEncoder(new SpacedTokenizer(), new([.. SpecialToken.All, "b", "a"]));

        var exception = Assert.Throws<DataFormatException>(() => TokenFile.Open(_path, other));

        Assert.Equal(_path, exception.Path);
        Assert.Contains(Words.Fingerprint, exception.Message);
        Assert.Contains(other.Fingerprint, exception.Message);
        Assert.Contains("build it again", exception.Message);
        Assert.Throws<DataFormatException>(() => new CorpusBuilder(other).OpenOrBuild(Documents.Of(["a"]), _path));
        TokenFile.Open(_path, Words).Dispose();
    }

    [Theory]
    [InlineData(0, "not a token file")]
    [InlineData(10, "not a token file")]
    [InlineData(100, "is truncated: 100 of")]
    public void Open_TruncatedFile_SaysSo(int length, string message)
    {
        File.WriteAllBytes(_path, File.ReadAllBytes(_path)[..length]);

        var exception = Assert.Throws<DataFormatException>(() => TokenFile.Open(_path));

        Assert.Equal(_path, exception.Path);
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData(0, "not a token file")]
    [InlineData(8, "version")]
    [InlineData(17, "head")]
    [InlineData(-3, "notes")]
    public void Open_DamagedFile_SaysWhere(int place, string message)
    {
        Damage(place);

        Assert.Contains(message, Assert.Throws<DataFormatException>(() => TokenFile.Open(_path)).Message);
    }

    [Fact]
    public void Verify_DamagedTokens_AreFound()
    {
        Damage(64 + 3);
        using var file = TokenFile.Open(_path);

        Assert.Contains("tokens", Assert.Throws<DataFormatException>(file.Verify).Message);
    }

    [Fact]
    public void Read_DamagedTable_NeverLeavesTheFile()
    {
        // 64 bytes of head and 14 of tokens: the table begins at 80.
        Damage(80 + 5);
        using var file = TokenFile.Open(_path);

        Assert.Contains("table", Assert.Throws<DataFormatException>(file.Verify).Message);
        Assert.Throws<DataFormatException>(() => file.Read(0));
        Assert.Throws<DataFormatException>(() => file.Read(1, 0, new long[1]));
    }

    [Fact]
    public void Read_OutsideOfADocument_IsAnError()
    {
        using var file = TokenFile.Open(_path);

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(0, 1, new long[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(0, -1, new long[1]));
    }

    [Fact]
    public void Read_AfterDispose_IsAnError()
    {
        var file = TokenFile.Open(_path);
        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Read(0));
        Assert.Throws<ObjectDisposedException>(file.Verify);
    }

    private void Damage(int place)
    {
        var bytes = File.ReadAllBytes(_path);
        bytes[place < 0 ? bytes.Length + place : place] ^= 0x55;
        File.WriteAllBytes(_path, bytes);
    }
}
