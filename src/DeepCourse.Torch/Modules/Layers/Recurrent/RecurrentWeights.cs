using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>
/// The parameters of stacked recurrent layers, named weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, then those of
/// the reverse direction and of the layers above: the order in which the operators expect them.
/// </summary>
internal static class RecurrentWeights
{
    public static IEnumerable<(string Name, Parameter Parameter)> Make(
        RecurrentOptions options, long gates, Device? device, ScalarType? dtype)
    {
        var bound = options.HiddenSize > 0 ? 1 / Math.Sqrt(options.HiddenSize) : 0;
        for (var layer = 0L; layer < options.Layers; layer++)
        {
            var inputs = layer == 0 ? options.InputSize : options.HiddenSize * options.Directions;
            for (var direction = 0L; direction < options.Directions; direction++)
            {
                var suffix = $"_l{layer}{(direction == 1 ? "_reverse" : "")}";
                foreach (var (name, parameter) in Cell(inputs, options.HiddenSize, gates, options.Bias, device, dtype))
                {
                    init.uniform_(parameter, -bound, bound);
                    yield return (name + suffix, parameter);
                }
            }
        }
    }

    /// <summary>The uninitialised parameters of one cell.</summary>
    public static IEnumerable<(string Name, Parameter Parameter)> Cell(
        long inputs, long hidden, long gates, bool bias, Device? device, ScalarType? dtype)
    {
        yield return ("weight_ih", Parameter.Empty(device, dtype, gates * hidden, inputs));
        yield return ("weight_hh", Parameter.Empty(device, dtype, gates * hidden, hidden));
        if (!bias) yield break;
        yield return ("bias_ih", Parameter.Empty(device, dtype, gates * hidden));
        yield return ("bias_hh", Parameter.Empty(device, dtype, gates * hidden));
    }

    public static Tensor[] InOrder(OrderedDict<string, Parameter> registered)
    {
        var weights = new Tensor[registered.Count];
        var index = 0;
        foreach (var (_, parameter) in registered) weights[index++] = parameter;
        return weights;
    }

    /// <summary>Moves the weights into one block of memory, of which each becomes a part; does nothing where cuDNN would not
    /// run the layer.</summary>
    public static void Flatten(RecurrentOptions options, Tensor[] weights, CudnnMode mode)
    {
        if (weights.Length == 0 || weights[0].device_type != DeviceType.CUDA || !cuda.is_cudnn_available()) return;
        var type = weights[0].dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.Float64)) return;
        if (weights.Any(weight => weight.dtype != type || weight.device_index != weights[0].device_index)) return;
        using var quiet = no_grad();
        Aten._cudnn_rnn_flatten_weight(
            weights, options.Bias ? 4 : 2, options.InputSize, (long)mode, options.HiddenSize, 0, options.Layers,
            options.BatchFirst, options.Bidirectional).Dispose();
    }
}
