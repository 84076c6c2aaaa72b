using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Data;

public class DataBlockTests
{
    private static readonly string[] Items = [.. Enumerable.Range(0, 20).Select(index => $"set/{(index % 4 == 0 ? "test" : "train")}/{index}")];

    private static DataBlock<string, float, float, Tensor, string, long, Tensor> Numbers => DataBlock.Of(
        new NumberBlock(),
        new CategoryBlock(["even", "odd"]),
        (string item) => Number(item),
        item => Number(item) % 2 == 0 ? "even" : "odd");

    [Fact]
    public void Load_SplitsReadsAndCollates()
    {
        using var scope = torch.NewDisposeScope();
        using var loaders = Numbers.Split(Split.ByFolder("test")).Load(Items, new(BatchSize: 4) { Workers = 2, Seed = 1 });

        var validation = loaders.Validation.Batches(0).ToList();
        var train = loaders.Train.Batches(0).SelectMany(batch => batch.Inputs.data<float>().ToArray()).ToList();

        Assert.Equal([0f, 4, 8, 12], validation[0].Inputs.data<float>().ToArray());
        Assert.Equal([0L, 0, 0, 0], validation[0].Targets.data<long>().ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Where(number => number % 4 != 0).Select(number => (float)number), train.Order());
        Assert.NotEqual(train.Order(), train);
    }

    [Fact]
    public void Split_ByPredicate_LooksAtTheItems()
    {
        var parts = Numbers.Split(item => item.EndsWith('7')).Divide(Items);

        Assert.Equal([7, 17], parts.Validation);
    }

    [Fact]
    public void Transform_TrainAndValidation_AreAppliedWhereTheyBelong()
    {
        using var scope = torch.NewDisposeScope();
        using var loaders = Numbers
            .Split(Split.ByFolder("test"))
            .Transform(sample => sample with { Input = sample.Input + 100 })
            .Transform((sample, _) => sample with { Input = sample.Input * 10 })
            .Load(Items, new(BatchSize: 20) { Workers = 1 });

        Assert.Equal(1010, loaders.Train.Batches(0).Single().Inputs.min().ToSingle());
        Assert.Equal(100, loaders.Validation.Batches(0).Single().Inputs.min().ToSingle());
    }

    [Fact]
    public void Load_UnreadableItem_IsReportedWithItsPath()
    {
        using var scope = torch.NewDisposeScope();
        var block = DataBlock.Of(
            new NumberBlock(), new NumberBlock(),
            (string item) => item == "set/train/5" ? throw new DataFormatException(item, "truncated") : 1f, _ => 1f);

        var loader = block.LoadAll(Items, new(BatchSize: 4) { Workers = 2 });

        Assert.Contains("(set/train/5)", Assert.Throws<ItemException>(() => loader.Batches(0).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_WalksThroughEveryStep()
    {
        var text = new StringWriter();

        Numbers.Split(Split.ByFolder("test")).Summary(Items, text);

        Assert.Equal(
            """
            20 items
              split           15 for training, 5 for validation
            following item 1: set/train/1
              read input      1 (Single)
              read target     "odd"
              encode input    1 (Single)
              encode target   1 (Int64)
              collate input   Tensor Float32 [2]
              collate target  Tensor Int64 [2]
              decode input    1 (Single)
              decode target   "odd"

            """,
            text.ToString());
    }

    [Fact]
    public void Summary_StepFails_NamesItInTheTextAndInTheError()
    {
        var text = new StringWriter();
        var block = DataBlock.Of(
            new NumberBlock(), new CategoryBlock(["even"]), (string item) => Number(item), item => "odd");

        var exception = Assert.Throws<DataBlockException>(() => block.Split(Split.ByFolder("test")).Summary(Items, text));

        Assert.Equal("encode target", exception.Step);
        Assert.Contains("encode target   FAILED: ArgumentException: 'odd' is not one of", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EpochsAreTheSameAtAnyNumberOfWorkers()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(Run(0), Run(1));
        Assert.Equal(Run(0), Run(4));

        static float[] Run(int workers)
        {
            var loaders = Numbers
                .Transform((sample, random) => sample with { Input = sample.Input + random.NextSingle() })
                .Load(Items, new(BatchSize: 3) { Workers = workers, Seed = 9 });
            return [.. loaders.Train.Batches(5).SelectMany(batch => batch.Inputs.data<float>().ToArray())];
        }
    }

    private static int Number(string item) => int.Parse(Path.GetFileName(item), null);
}
