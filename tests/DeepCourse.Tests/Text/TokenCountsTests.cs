using DeepCourse.Text;

namespace DeepCourse.Tests.Text;

/// <summary>Counting, merging, and what is lost when memory is short.</summary>
public class TokenCountsTests
{
    [Fact]
    public void Merge_TwoCounts_AddsThem()
    {
        var (first, second) = (new TokenCounts(), new TokenCounts());
        first.Add("a", 2);
        first.Add("b");
        second.Add("b", 3);
        second.Add("c");

        first.Merge(second);

        Assert.Equal((2, 4, 1, 0), (first["a"], first["b"], first["c"], first["d"]));
        Assert.Equal((3, 7), (first.Count, first.Total));
        Assert.Equal(0, first.LostAtMost);
    }

    [Fact]
    public void Add_MoreTokensThanTheLimit_ForgetsTheRarestAndSaysHowMuchIsLost()
    {
        var random = new Random(1);
        var (exact, counts) = (new Dictionary<string, long>(), new TokenCounts(limit: 100));
        for (var draw = 0; draw < 20_000; draw++)
        {
            // Small numbers are frequent, large ones rare, as with words.
            var token = ((int)Math.Exp(random.NextDouble() * 8)).ToString();
            exact[token] = exact.GetValueOrDefault(token) + 1;
            counts.Add(token);
            Assert.True(counts.Count <= 100);
        }

        Assert.Equal(20_000, counts.Total);
        Assert.True(counts.LostAtMost > 0);
        Assert.All(exact, pair => Assert.InRange(pair.Value - counts[pair.Key], 0, counts.LostAtMost));
        Assert.Equal(exact["1"], counts["1"]);
    }
}
