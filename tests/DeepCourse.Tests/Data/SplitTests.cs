using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class SplitTests
{
    private static readonly string[] Names =
        ["set/train/cat/1.jpg", "set/train/dog/2.jpg", "set/test/cat/3.jpg", "set/unsup/4.jpg"];

    [Fact]
    public void Random_IsDisjointCompleteOfTheRightSizeAndRepeatable()
    {
        var parts = Split.Random(0.2, seed: 3).Of(101, index => $"{index}");

        Assert.Equal(20, parts.Validation.Count);
        Assert.Equal(Enumerable.Range(0, 101), parts.Train.Concat(parts.Validation).Order());
        Assert.Equal(parts.Validation, Split.Random(0.2, seed: 3).Of(101, index => $"{index}").Validation);
        Assert.NotEqual(parts.Validation, Split.Random(0.2, seed: 4).Of(101, index => $"{index}").Validation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Random_FractionOutsideZeroToOne_IsRefused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Random(fraction, seed: 0));

    [Fact]
    public void ByFolder_LooksAtFolderNamesOnly()
    {
        var parts = Split.ByFolder("test", train: "train").Of(4, index => Names[index]);

        Assert.Equal([0, 1], parts.Train);
        Assert.Equal([2], parts.Validation);
        Assert.Equal([0, 1, 3], Split.ByFolder("test").Of(4, index => Names[index]).Train);
    }

    [Theory]
    [InlineData("set/train/dog/2.jpg")]
    [InlineData("2.jpg")]
    [InlineData("2")]
    public void ByList_AcceptsPathsNamesAndStems(string listed) =>
        Assert.Equal([1], Split.ByList([listed]).Of(4, index => Names[index]).Validation);

    [Fact]
    public void ByIndex_OutsideTheDataSet_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.ByIndex([4]).Of(4, index => Names[index]));

    [Fact]
    public void Of_EmptyPart_SaysWhichAndHowMany()
    {
        var exception = Assert.Throws<ArgumentException>(() => Split.ByList(["absent"]).Of(4, index => Names[index]));

        Assert.Contains("4 items for training and 0 for validation", exception.Message, StringComparison.Ordinal);
    }
}
