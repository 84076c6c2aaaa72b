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
}
