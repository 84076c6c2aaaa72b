using DeepCourse.Tensors;

namespace DeepCourse.Tests;

/// <summary>What every layer must do.</summary>
internal static class LayerTests
{
    /// <summary>Checks shape, gradients by differences, gradients at every parameter, saving and loading, and leaks.</summary>
    /// <param name="make">Makes the layer.</param>
    /// <param name="input">A batch for it.</param>
    /// <param name="expected">The shape it must give.</param>
    public static void Check(Func<Module<Tensor, Tensor>> make, Tensor input, long[] expected)
    {
        manual_seed(11);
        using var layer = make();
        GivesShape(layer, input, expected);
        EveryParameterGetsAGradient(layer, input);
        LeavesNothing(layer, input);
        SavesAndLoads(layer, make, input);
        GradientCheck.Of(layer, input);
    }

    private static void GivesShape(Module<Tensor, Tensor> layer, Tensor input, long[] expected)
    {
        using var output = layer.call(input);
        Assert.Equal(expected, output.shape);
    }

    private static void EveryParameterGetsAGradient(Module<Tensor, Tensor> layer, Tensor input)
    {
        if (!layer.parameters().Any()) return;
        using var scope = NewDisposeScope();
        layer.train();
        layer.call(input).pow(2).sum().backward();
        foreach (var (name, parameter) in layer.named_parameters())
            Assert.True(parameter.grad is not null, $"{name} got no gradient");
    }

    private static void LeavesNothing(Module<Tensor, Tensor> layer, Tensor input)
    {
        using var frozen = no_grad();
        layer.call(input).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) layer.call(input);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void SavesAndLoads(Module<Tensor, Tensor> layer, Func<Module<Tensor, Tensor>> make, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var other = make();
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "layer.safetensors");
        Weights.Save(layer, path);
        Weights.Load(other, path);
        layer.eval();
        other.eval();
        Assert.Equal(layer.call(input).ReadFloats(), other.call(input).ReadFloats());
        layer.train();
    }
}
