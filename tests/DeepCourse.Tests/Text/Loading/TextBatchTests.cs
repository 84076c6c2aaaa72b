using DeepCourse.Text.Loading;

namespace DeepCourse.Tests.Text.Loading;

/// <summary>Texts side by side.</summary>
public class TextBatchTests
{
    [Fact]
    public void Of_TextsOfSeveralLengths_FillsUpAtTheEnd()
    {
        using var scope = torch.NewDisposeScope();

        var batch = TextBatch.Of([[5, 6, 7], [8], []], padding: 1);

        Assert.Equal([3L, 3L], batch.Tokens.shape);
        Assert.Equal([5L, 6, 7, 8, 1, 1, 1, 1, 1], batch.Tokens.data<long>().ToArray());
        Assert.Equal([3L, 1, 0], batch.Lengths.data<long>().ToArray());
        Assert.Equal([true, true, true, true, false, false, false, false, false], batch.Mask.data<bool>().ToArray());
    }

    [Fact]
    public void Select_Rows_PicksTokensAndLengths()
    {
        using var scope = torch.NewDisposeScope();

        var batch = TextBatch.Of([[5, 6], [8]], padding: 1).Select(torch.tensor(new long[] { 1 }));

        Assert.Equal([8L, 1], batch.Tokens.data<long>().ToArray());
        Assert.Equal([1L], batch.Lengths.data<long>().ToArray());
    }

    [Fact]
    public void Of_NoText_IsAnError() => Assert.Throws<ArgumentException>(() => TextBatch.Of([], padding: 1));
}
