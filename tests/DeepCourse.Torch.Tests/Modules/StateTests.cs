namespace DeepCourse.Torch.Tests.Modules;

public class StateTests
{
    [Fact]
    public void LoadStateDict_CopiesValuesIntoTheSameTensors()
    {
        using var scope = NewDisposeScope();
        using var from = new Net();
        using var to = new Net();
        var weight = to.head.weight;

        to.load_state_dict(from.state_dict());

        Assert.Same(weight, to.head.weight);
        Assert.All(from.state_dict(), entry => Assert.True(entry.Value.Equals(to.state_dict()[entry.Key])));
    }

    [Fact]
    public void LoadStateDict_WhenStrict_NamesWhatDoesNotFit()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        var source = new Dictionary<string, Tensor> { ["weight"] = ones(1, 2), ["gain"] = ones(1) };

        var error = Assert.Throws<InvalidOperationException>(() => layer.load_state_dict(source));

        Assert.Contains("bias", error.Message);
        Assert.Contains("gain", error.Message);
    }

    [Fact]
    public void LoadStateDict_WhenNotStrict_TellsWhatDoesNotFit_AndLoadsTheRest()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        var source = new Dictionary<string, Tensor> { ["weight"] = ones(1, 2), ["gain"] = ones(1) };

        var (missing, unexpected) = layer.load_state_dict(source, strict: false);

        Assert.Equal(["bias"], missing);
        Assert.Equal(["gain"], unexpected);
        Assert.Equal(2, layer.weight.sum().item<float>());
    }

    [Fact]
    public void LoadStateDict_LeavesSkippedKeysAlone()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        var before = layer.weight.clone();
        var source = new Dictionary<string, Tensor> { ["bias"] = ones(1) };

        var (missing, _) = layer.load_state_dict(source, skip: ["weight"]);

        Assert.Empty(missing);
        Assert.True(before.Equals(layer.weight));
    }

    [Fact]
    public void LoadStateDict_OfAnotherShape_ThrowsWithBothShapes()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1, false);
        var error = Assert.Throws<InvalidOperationException>(
            () => layer.load_state_dict(new() { ["weight"] = ones(1, 3) }));
        Assert.Contains("[1, 2]", error.Message);
        Assert.Contains("[1, 3]", error.Message);
    }

    [Fact]
    public void NonPersistentBuffers_StayOutOfTheState()
    {
        using var net = Sequential();
        net.register_buffer("kept", ones(1));
        net.register_buffer("transient", ones(1), persistent: false);
        Assert.Equal(["kept"], net.state_dict().Keys);
        Assert.Equal(["kept", "transient"], net.named_buffers().Select(entry => entry.name));
        Assert.Single(net.buffers(include_nonpersistent: false));
    }

    [Fact]
    public void SaveAndLoad_RoundTripEveryTensor()
    {
        using var scope = NewDisposeScope();
        using var from = Sequential(Linear(3, 4), BatchNorm1d(4));
        from.call(randn(5, 3));
        using var to = Sequential(Linear(3, 4), BatchNorm1d(4));
        using var stream = new MemoryStream();

        from.save(stream);
        stream.Position = 0;
        var loaded = new Dictionary<string, bool>();
        to.load(stream, loadedParameters: loaded);

        Assert.All(from.state_dict(), entry => Assert.True(entry.Value.Equals(to.state_dict()[entry.Key])));
        Assert.Equal(to.state_dict().Keys.Order(), loaded.Keys.Order());
        Assert.All(loaded.Values, Assert.True);
    }

    [Fact]
    public void Load_OfAFileWithOtherKeys_ThrowsWhenStrict_AndSkipsOtherwise()
    {
        using var scope = NewDisposeScope();
        using var from = Sequential(("first", Linear(2, 2)), ("second", Linear(2, 2)));
        using var to = Sequential(("first", Linear(2, 2)), ("other", Linear(2, 2)));
        using var stream = new MemoryStream();
        from.save(stream);

        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => to.load(stream));

        stream.Position = 0;
        var loaded = new Dictionary<string, bool>();
        to.load(stream, strict: false, loadedParameters: loaded);
        Assert.True(from.get_parameter("first.weight")!.Equals(to.get_parameter("first.weight")!));
        Assert.False(loaded["other.weight"]);
    }

    [Fact]
    public void SaveToFile_CanBeCreatedFromIt()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.dat");
        try
        {
            using var from = new Net();
            from.save(path);
            using var to = Module.Create<Net>(path);
            Assert.True(from.Scale.Equals(((Net)to).Scale));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
