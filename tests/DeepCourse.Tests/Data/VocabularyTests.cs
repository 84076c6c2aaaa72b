using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class VocabularyTests
{
    [Fact]
    public void Of_SortsDistinctNames() => Assert.Equal(["bird", "cat", "dog"], Vocabulary.Of(["dog", "cat", "dog", "bird"]));

    [Fact]
    public void IndexOf_UnknownName_ListsWhatIsKnown()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Vocabulary(["cat", "dog"]).IndexOf("cow"));

        Assert.Contains("'cow' is not one of the 2 names: cat, dog.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IndexOf_UnknownNameWithAPlaceForIt_GivesThatPlace()
    {
        var vocabulary = Vocabulary.Of(["dog", "cat"], unknown: "(other)");

        Assert.Equal(2, vocabulary.IndexOf("cow"));
        Assert.Equal("(other)", vocabulary[2]);
    }

    [Fact]
    public void Constructor_NameTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Vocabulary(["cat", "cat"]));
}
