using System.Text.Json;
using DeepCourse.Text.Baselines;

namespace DeepCourse.Tests.Text.Baselines;

public sealed class TfIdfTests
{
    private static readonly SpacedWords words = new();

    public static TheoryData<string> Cases => ["pairs", "single", "triples", "frequent"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_AreThoseOfScikitLearn(string name)
    {
        var expected = BaselineReference.Root.GetProperty(name);
        var terms = TfIdf.Fit(words, BaselineReference.Documents, name switch
        {
            "pairs" => null,
            "single" => new() { LongestNGram = 1, Sublinear = false },
            "triples" => new() { LongestNGram = 3, Sublinear = false, LeastDocuments = 3 },
            _ => new() { LongestNGram = 1, Sublinear = false, MostTerms = 5 },
        });
        Assert.Equal(expected.GetProperty("width").GetInt32(), terms.Count);
        Same(expected.GetProperty("fitted"), terms, terms.Transform(BaselineReference.Documents.Take(8)));
        Same(expected.GetProperty("fresh"), terms, terms.Transform(BaselineReference.Fresh));
    }

    [Fact]
    public void ThePortionsOfALongCorpus_MakeNoDifference()
    {
        // More documents than are cut at once, so that threads share them.
        string[] many = [.. Enumerable.Range(0, 40).SelectMany(_ => BaselineReference.Documents)];
        var terms = TfIdf.Fit(words, many);
        var rows = terms.Transform(many);

        Assert.Equal(many.Length, terms.Documents);
        Assert.Equal("the", TfIdf.Fit(words, ["the film"])[0]);
        for (var row = 0; row < many.Length; row++)
        {
            var first = row % BaselineReference.Documents.Length;
            Assert.True(rows.Columns(first).SequenceEqual(rows.Columns(row)));
            Assert.True(rows.Values(first).SequenceEqual(rows.Values(row)));
        }
        // Terms stand in the order in which they first occurred.
        Assert.StartsWith(terms[0] + " ", many[0] + " ", StringComparison.Ordinal);
    }

    [Fact]
    public void TermsThatOccurEquallyOften_AreChosenByTheAlphabet()
    {
        var terms = TfIdf.Fit(words, ["d c b a a"], new() { LongestNGram = 1, MostTerms = 3 });

        Assert.Equal(["c", "b", "a"], Enumerable.Range(0, terms.Count).Select(column => terms[column]));
    }

    [Fact]
    public void ADocumentWithoutAKnownTerm_IsAnEmptyRow()
    {
        var rows = TfIdf.Fit(words, ["a b"]).Transform(["c d", "", "b"]);

        Assert.Equal((3, 0, 0, 1), (rows.Count, rows.Columns(0).Length, rows.Columns(1).Length, rows.Columns(2).Length));
        Assert.Equal(1, rows.Values(2)[0]);
    }

    [Fact]
    public void APairAcrossAnUnknownWord_IsNone()
    {
        var terms = TfIdf.Fit(words, ["a b c"]);

        Assert.Equal(["a", "b"], terms.Transform("a x b").Columns(0).ToArray().Select(column => terms[column]).Order());
    }

    [Fact]
    public void NoTermAtAll_IsRefused() =>
        Assert.Contains("2 documents hold no term in 3 or more", Assert.Throws<ArgumentException>(() => TfIdf.Fit(words, ["a", "b"], new() { LeastDocuments = 3 })).Message, StringComparison.Ordinal);

    private static void Same(JsonElement expected, TfIdf terms, SparseRows rows)
    {
        Assert.Equal(expected.GetArrayLength(), rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var found = rows.Columns(row).ToArray().Zip(rows.Values(row).ToArray()).ToDictionary(pair => terms[pair.First], pair => (double)pair.Second);
            Assert.Equal(expected[row].EnumerateObject().Select(term => term.Name).Order(), found.Keys.Order());
            foreach (var term in expected[row].EnumerateObject()) Assert.Equal(term.Value.GetDouble(), found[term.Name], 1e-7);
        }
    }
}
