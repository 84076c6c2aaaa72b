using DeepCourse.Training;

namespace DeepCourse.Vision.Classification;

/// <summary>How much a network multiplies: what a training costs before anything is measured.</summary>
/// <param name="Layers">Multiplications of each convolution and linear layer for one picture, in the order of their
/// call.</param>
public sealed record NetworkWork(IReadOnlyList<(string Name, long Multiplications)> Layers)
{
    /// <summary>Multiplications of a forward pass for one picture.</summary>
    public long Multiplications => Layers.Sum(layer => layer.Multiplications);

    /// <summary>Floating-point operations of a training step for one picture: a multiplication and an addition each,
    /// once forward and twice backward (for the inputs and for the weights).</summary>
    public double TrainingFlops => 6.0 * Multiplications;

    /// <summary>Sends pictures through a network and counts.</summary>
    /// <param name="network">Goes to evaluation mode; nothing else in it changes.</param>
    /// <param name="images">At least one picture, on the network's device.</param>
    public static NetworkWork Of(Module<Tensor, Tensor> network, Tensor images)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        var layers = new List<(string, long)>();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var training = network.training;
        network.eval();
        using (new ForwardHooks(network, IsCounted, (name, layer, output) => layers.Add((name, Count(layer, output) / images.shape[0]))))
            network.call(images);
        network.train(training);
        return new(layers);
    }

    private static bool IsCounted(Module module) => module is Convolution or TorchSharp.Modules.Linear or WhiteningConvolution;

    // Every output is a sum over one filter.
    private static long Count(Module layer, Tensor output)
    {
        var weight = layer is WhiteningConvolution ? layer.named_buffers().First(buffer => buffer.name == "weight").buffer
            : layer.named_parameters().First(parameter => parameter.name == "weight").parameter;
        return output.numel() * weight.numel() / weight.shape[0];
    }
}
