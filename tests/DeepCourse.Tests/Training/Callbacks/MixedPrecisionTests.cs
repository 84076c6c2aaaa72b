using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class MixedPrecisionTests
{
#if SYSTEM_STACK
    [Fact]
    public void Model_ComputesInBFloat16_AndWeightsStayWide()
    {
        var types = new List<ScalarType>();
        using var line = new LineLearner([new MixedPrecision(), new Outputs(types)], trainItems: 32);
        line.Learner.Fit(8);
        Assert.All(types, type => Assert.Equal(ScalarType.BFloat16, type));
        Assert.All(line.Model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.Equal(3, line.Slope, 0.3);
        Assert.All(line.Learner.History.Losses, loss => Assert.True(double.IsFinite(loss)));
    }

    [Theory]
    [InlineData("loss")]
    [InlineData("output")]
    [InlineData("B(")]
    public void Region_IsClosed_WhateverHappens(string moment)
    {
        using var line = new LineLearner([new MixedPrecision(), new EventLog((at, run) =>
        {
            if (at == moment) throw new TimeZoneNotFoundException();
        })]);
        Assert.Throws<TimeZoneNotFoundException>(() => line.Learner.Fit(1));
        Assert.False(DeepCourse.Native.Autocast.IsEnabled(DeviceType.CPU));
    }

    [Fact]
    public void Validation_IsComputedNarrowToo()
    {
        var types = new List<ScalarType>();
        using var line = new LineLearner([new MixedPrecision(), new Outputs(types)]);
        line.Learner.Validate();
        Assert.Equal([ScalarType.BFloat16], types);
        Assert.False(DeepCourse.Native.Autocast.IsEnabled(DeviceType.CPU));
    }

    [Fact]
    public void BackwardPass_IsOutsideTheRegion()
    {
        var inside = new List<(string, bool)>();
        using var line = new LineLearner([new MixedPrecision(),
            new EventLog((at, _) => inside.Add((at, DeepCourse.Native.Autocast.IsEnabled(DeviceType.CPU))))]);
        line.Learner.Fit(1);
        Assert.All(inside, entry => Assert.Equal(entry.Item1 is "B(" or "batch" or "output", entry.Item2));
    }

    private sealed class Outputs(List<ScalarType> types) : Callback<Tensor, Tensor, Tensor>
    {
        protected internal override void TransformOutput(Run run, ref Tensor output) => types.Add(output.dtype);
    }
#else
    [Fact]
    public void OnThePackage_ItSaysWhatToDo()
    {
        var error = Assert.Throws<PlatformNotSupportedException>(() => new MixedPrecision());
        Assert.Contains("Stack=system", error.Message, StringComparison.Ordinal);
    }
#endif

    [Fact]
    public void WideTypes_AreRefused() =>
        Assert.Throws<ArgumentException>(() => new MixedPrecision(ScalarType.Float64));
}
