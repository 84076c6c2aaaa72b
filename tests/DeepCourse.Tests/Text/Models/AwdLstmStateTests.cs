using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

/// <summary>What the network carries from batch to batch.</summary>
public sealed class AwdLstmStateTests
{
    [Fact]
    public void ATextInTwoParts_IsReadAsOne()
    {
        using var scope = NewDisposeScope();
        using var model = Eval();
        var tokens = SmallLanguageModel.Tokens(3, 10);
        var whole = model.call(tokens).Raw;
        model.ResetState();
        var first = model.call(tokens.narrow(1, 0, 4)).Raw;
        var second = model.call(tokens.narrow(1, 4, 6)).Raw;
        Assert.True(cat([first, second], 1).allclose(whole, 1e-6, 1e-7));
    }

    [Fact]
    public void ResetState_BeginsAnew()
    {
        using var scope = NewDisposeScope();
        using var model = Eval();
        var tokens = SmallLanguageModel.Tokens(2, 5);
        var first = model.call(tokens).Raw;
        var second = model.call(tokens).Raw;
        model.ResetState();
        var third = model.call(tokens).Raw;
        Assert.False(first.allclose(second));
        Assert.Equal(first.ReadFloats(), third.ReadFloats());
    }

#if SYSTEM_STACK
    [Theory]
    [InlineData(RecurrentCell.Lstm)]
    [InlineData(RecurrentCell.Qrnn)]
    public void InMixedPrecision_TheStateIsCarriedToo(RecurrentCell cell)
    {
        using var scope = NewDisposeScope();
        using var model = new AwdLstm(new(20) { EmbeddingSize = 6, HiddenSize = 8, Layers = 2, Cell = cell });
        model.eval();
        var tokens = SmallLanguageModel.Tokens(2, 5);
        using var narrow = new DeepCourse.Native.Autocast(DeviceType.CPU);
        var first = model.call(tokens).Raw.to(ScalarType.Float32);
        var second = model.call(tokens).Raw.to(ScalarType.Float32);
        model.ResetState();
        Assert.False(first.allclose(second, 1e-3, 1e-4));
        Assert.True(first.allclose(model.call(tokens).Raw.to(ScalarType.Float32), 1e-3, 1e-4));
    }
#endif

    [Fact]
    public void QuasiRecurrentLayers_ComputeInTheTypeOfTheirWeights()
    {
        using var scope = NewDisposeScope();
        using var model = new AwdLstm(new(20) { EmbeddingSize = 6, HiddenSize = 8, Layers = 2, Cell = RecurrentCell.Qrnn });
        model.to(ScalarType.BFloat16);
        model.eval();
        var tokens = SmallLanguageModel.Tokens(2, 5);
        var first = model.call(tokens).Raw;
        Assert.Equal(ScalarType.BFloat16, first.dtype);
        Assert.False(first.allclose(model.call(tokens).Raw));
    }

    [Fact]
    public void ABatchOfAnotherSize_BeginsAnew()
    {
        using var scope = NewDisposeScope();
        using var model = Eval();
        var tokens = SmallLanguageModel.Tokens(3, 5);
        var expected = model.call(tokens).Raw;
        model.call(SmallLanguageModel.Tokens(2, 5));
        Assert.Equal(expected.ReadFloats(), model.call(tokens).Raw.ReadFloats());
    }

    [Fact]
    public void AnotherPrecision_BeginsAnew()
    {
        using var scope = NewDisposeScope();
        using var model = Eval();
        var tokens = SmallLanguageModel.Tokens(3, 5);
        var expected = model.call(tokens).Raw;
        model.to(ScalarType.Float64);
        var actual = model.call(tokens).Raw;
        Assert.Equal(ScalarType.Float64, actual.dtype);
        Assert.True(actual.to(ScalarType.Float32).allclose(expected, 1e-5, 1e-6));
    }

    [Fact]
    public void TheState_OutlivesItsBatchAndHasNoGradient()
    {
        using var model = SmallLanguageModel.Make();
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            // A state with a graph would lead into the batch before, whose graph is gone.
            model.call(SmallLanguageModel.Tokens(2, 4)).Raw.sum().backward();
        }
    }

    [Fact]
    public void Batches_LeaveNothingBehind()
    {
        using var model = SmallLanguageModel.Make(AwdDropouts.LanguageModel);
        long Live()
        {
            using (NewDisposeScope())
            {
                var output = model.call(SmallLanguageModel.Tokens(2, 4));
                output.CrossEntropy(SmallLanguageModel.Tokens(2, 4)).backward();
                model.zero_grad();
            }
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
        Live();
        var first = Live();
        for (var i = 0; i < 5; i++) Live();
        Assert.Equal(first, Live());
    }

    [Fact]
    public void WrongShapes_AreRefused()
    {
        using var scope = NewDisposeScope();
        using var model = Eval();
        Assert.Throws<ShapeException>(() => model.call(ones(4, int64)));
        Assert.Throws<ShapeException>(() => model.call(ones(4, 0, int64)));
        var output = model.call(SmallLanguageModel.Tokens(2, 5));
        Assert.Contains("[2, 5]", Assert.Throws<ShapeException>(() => output.CrossEntropy(SmallLanguageModel.Tokens(5, 2))).Message);
    }

    private static LanguageModel Eval()
    {
        var model = SmallLanguageModel.Make();
        model.eval();
        return model;
    }
}
