namespace DeepCourse.Metrics;

/// <summary>Makes metrics out of functions.</summary>
public static class MeanOf
{
    /// <summary>The mean of a function of output and targets, by batch size.</summary>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <typeparam name="TY">What the batch has as targets.</typeparam>
    /// <param name="name">What reports call it.</param>
    /// <param name="function">Gives one number per item, [batch], of any real type.</param>
    /// <param name="higherIsBetter">Whether a larger value is a better one.</param>
    public static MeanMetric<TOut, TY> Items<TOut, TY>(
        string name, Func<TOut, TY, Tensor> function, bool higherIsBetter = true) =>
        new FunctionMetric<TOut, TY>(name, function, higherIsBetter);

    private sealed class FunctionMetric<TOut, TY>(string name, Func<TOut, TY, Tensor> function, bool higherIsBetter)
        : MeanMetric<TOut, TY>
    {
        public override string Name => name;

        public override bool HigherIsBetter => higherIsBetter;

        protected override (Tensor Mean, long Count) Measure(TOut output, TY targets)
        {
            var items = function(output, targets).to_type(ScalarType.Float64);
            return (items.mean(), items.numel());
        }
    }
}
