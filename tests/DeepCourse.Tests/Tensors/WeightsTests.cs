using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;

namespace DeepCourse.Tests.Tensors;

public sealed class WeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Write_ThenRead_KeepsEveryTypeBitByBit()
    {
        using var scope = torch.NewDisposeScope();
        var written = Weights.Read(ReferenceFiles.PathOf("weights/zip.pth"));
        var path = _folder.File("all.safetensors");

        Weights.Write(path, written, new Dictionary<string, string> { ["note"] = "größer" });
        var read = Weights.Read(path);

        Assert.Equal(written.Keys.Order(), read.Keys.Order());
        foreach (var (key, tensor) in written)
        {
            Assert.Equal(tensor.dtype, read[key].dtype);
            Assert.Equal(tensor.shape, read[key].shape);
            Assert.Equal(tensor.contiguous().bytes.ToArray(), read[key].bytes.ToArray());
        }
    }

    [Fact]
    public void Write_SameTensors_GivesTheSameBytesAndNoOtherFile()
    {
        using var scope = torch.NewDisposeScope();
        var tensors = Weights.Read(ReferenceFiles.PathOf("weights/network.pth"));

        Weights.Write(_folder.File("1.safetensors"), tensors);
        Weights.Write(_folder.File("2.safetensors"), tensors.Reverse().ToDictionary());

        Assert.Equal(File.ReadAllBytes(_folder.File("1.safetensors")), File.ReadAllBytes(_folder.File("2.safetensors")));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void AtomicWrite_ThatFails_LeavesTheOldFile()
    {
        var path = _folder.Write("model.safetensors", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Save_ThenLoadIntoAnotherModule_GivesTheSameOutputs()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Network();
        using var second = Network();
        var path = _folder.File("model.safetensors");
        var inputs = torch.randn(5, 3);
        first.eval();
        second.eval();

        Weights.Save(first, path);
        var difference = Weights.Load(second, path);

        Assert.True(difference.IsEmpty);
        Assert.True(torch.allclose(first.call(inputs), second.call(inputs), rtol: 0, atol: 0));
    }

    [Fact]
    public void Load_PyTorchsStateDict_GoesIntoTheSameModule()
    {
        using var module = Network();

        Weights.Load(module, ReferenceFiles.PathOf("weights/network_fastai.pth"));

        using var scope = torch.NewDisposeScope();
        var expected = Weights.Read(ReferenceFiles.PathOf("weights/network.pth"));
        Assert.All(module.state_dict(), pair => Assert.True(torch.allclose(pair.Value, expected[pair.Key], rtol: 0, atol: 0)));
    }

    [Fact]
    public void Load_OtherNetwork_ListsAllDifferencesSortedAndChangesNothing()
    {
        using var module = Sequential(("0", Linear(3, 4)), ("2", Linear(4, 3, hasBias: false)), ("3", Linear(3, 1)));
        using var scope = torch.NewDisposeScope();
        var before = module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());

        var exception = Assert.Throws<WeightsMismatchException>(
            () => Weights.Load(module, ReferenceFiles.PathOf("weights/network.pth")));

        Assert.Equal(["3.bias", "3.weight"], exception.Missing);
        Assert.Equal(
            ["1.bias", "1.num_batches_tracked", "1.running_mean", "1.running_var", "1.weight"], exception.Unexpected);
        Assert.Equal("2.weight: the module has [3, 4], the file has [2, 4]", Assert.Single(exception.Misshaped).ToString());
        Assert.Contains("missing (2):\n  3.bias\n  3.weight\nunexpected (5):", exception.Message, StringComparison.Ordinal);
        Assert.All(module.state_dict(), pair => Assert.True(torch.allclose(pair.Value, before[pair.Key], rtol: 0, atol: 0)));
    }

    [Fact]
    public void Load_NotStrict_UsesWhatFitsAndTellsTheRest()
    {
        using var module = Sequential(("0", Linear(3, 4)), ("5", Linear(4, 1)));

        var difference = Weights.Load(module, ReferenceFiles.PathOf("weights/network.pth"), strict: false);

        Assert.Equal(["5.bias", "5.weight"], difference.Missing);
        Assert.Equal(6, difference.Unexpected.Count);
    }

    [Fact]
    public void Load_Renamed_DropsAndMovesKeys()
    {
        using var module = Sequential(("first", Linear(3, 4)));

        var difference = Weights.Load(
            module, ReferenceFiles.PathOf("weights/network.pth"),
            rename: key => key.StartsWith("0.", StringComparison.Ordinal) ? "first" + key[1..] : null);

        Assert.True(difference.IsEmpty);
    }

    [Fact]
    public void Load_IntoHalfPrecision_ConvertsToTheModulesType()
    {
        using var module = Network().to(ScalarType.BFloat16);

        Weights.Load(module, ReferenceFiles.PathOf("weights/network.pth"));

        Assert.Equal(ScalarType.BFloat16, module.state_dict()["0.weight"].dtype);
    }

    public void Dispose() => _folder.Dispose();

    private static Sequential Network() =>
        Sequential(("0", Linear(3, 4)), ("1", BatchNorm1d(4)), ("2", Linear(4, 2, hasBias: false)));
}
