namespace DeepCourse.Vision.Darknet;

/// <summary>Darknet's activations by their names in <c>.cfg</c> files.</summary>
internal static class DarknetActivation
{
    /// <summary>The slope of "leaky" below 0.</summary>
    public const double LeakySlope = 0.1;

    private static readonly Dictionary<string, Func<Tensor, Tensor>> byName = new(StringComparer.Ordinal)
    {
        ["linear"] = x => x,
        ["leaky"] = x => functional.leaky_relu(x, LeakySlope, inplace: true),
        ["relu"] = x => functional.relu(x, inplace: true),
        ["relu6"] = x => functional.relu6(x, inplace: true),
        ["logistic"] = x => x.sigmoid(),
        ["tanh"] = x => x.tanh(),
        ["elu"] = x => functional.elu(x, 1),
        ["selu"] = x => functional.selu(x),
        ["mish"] = x => functional.mish(x),
        ["swish"] = x => functional.silu(x),
    };

    /// <summary>The function that a section names.</summary>
    /// <exception cref="Tensors.DataFormatException">An activation that does not exist here.</exception>
    public static Func<Tensor, Tensor> Of(DarknetSection section, string fallback)
    {
        var name = section.Text("activation", fallback);
        return byName.TryGetValue(name, out var function)
            ? function
            : throw section.Fault(
                $"expected an activation out of {string.Join(", ", byName.Keys)}, got '{name}'", "activation");
    }
}
