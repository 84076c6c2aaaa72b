using DeepCourse.Data;
using DeepCourse.Vision;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Storage;

/// <summary>The whole way of docs/pictures.md: folders of classes, a store, sizes that grow, two processes.</summary>
public sealed class StoredTrainingTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("stored").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FoldersToBatches_LabelsBelongToTheirPictures(int processes)
    {
        // Pictures of class k are filled with 50 k.
        foreach (var part in new[] { "train", "val" })
            for (var number = 0; number < 4; number++)
                for (var file = 0; file < (part == "train" ? 4 : 1); file++)
                    Write(Path.Combine(_root, part, $"class{number}", $"{file}.png"), (byte)(50 * number));
        var files = ClassFolders.List(_root, new() { Parts = ["train", "val"] });
        using var store = new ImageStoreBuilder(new() { ShortestSide = 20 })
            .OpenOrBuild(files, file => ImageSource.FromFile(file.Path), Path.Combine(_root, "small.images"));

        List<int>[] counts = [[], []];
        for (var rank = 0; rank < processes; rank++)
        {
            using var data = Load(files, store, new(rank, processes));
            for (var epoch = 0; epoch < 2; epoch++)
            {
                using var scope = torch.NewDisposeScope();
                foreach (var batch in data.Train.Batches(epoch).Concat(data.Validation.Batches(0)))
                {
                    var side = epoch == 0 ? 8 : 16;
                    Assert.Equal([batch.Size, 3, side, side], batch.Inputs.shape);
                    Assert.True((batch.Inputs.amax([1, 2, 3]) * 255 / 50).round().to(ScalarType.Int64).eq(batch.Targets).all().item<bool>());
                    counts[epoch].Add(batch.Size);
                }
            }
        }

        Assert.All(counts, sizes => Assert.Equal(20, sizes.Sum()));
    }

    private static Loaders<Tensor, Tensor> Load(ClassFolders files, ImageStore store, Shard shard) =>
        ProgressiveSizes.Of((0, 8), (1, 16)).Load(side => DataBlock
            .Of(new ImageBlock(Resize.RandomCrop(side)) { MirrorChance = 0.5 }, new CategoryBlock(files.Classes),
                (int index) => store[index], index => files[index].Class)
            .Split(files.ValidateOn("val"))
            .Load([.. Enumerable.Range(0, files.Count)], new(BatchSize: 64 / side) { Shard = shard, Workers = 2 })
            .ForNetwork(ImageStatistics.None));

    private static void Write(string path, byte grey)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var image = new Image(40, 30, 3);
        image.Pixels.AsSpan().Fill(grey);
        File.WriteAllBytes(path, image.ToPng());
    }
}
