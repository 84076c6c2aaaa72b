using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What the single recurrent cells have in common.</summary>
internal static class CellWeights
{
    /// <summary>The four parameters of a cell, the biases null where it has none.</summary>
    public static (Parameter, Parameter, Parameter?, Parameter?) Make(
        long inputs, long hidden, long gates, bool bias, Device? device, ScalarType? dtype)
    {
        var bound = hidden > 0 ? 1 / Math.Sqrt(hidden) : 0;
        var made = RecurrentWeights.Cell(inputs, hidden, gates, bias, device, dtype).ToArray();
        foreach (var (_, parameter) in made) init.uniform_(parameter, -bound, bound);
        return (made[0].Parameter, made[1].Parameter, bias ? made[2].Parameter : null, bias ? made[3].Parameter : null);
    }

    /// <summary>The given state [batch, hidden], or zeros.</summary>
    public static Tensor State(Tensor? given, Tensor input, Parameter weightHidden)
    {
        if (input.ndim != 2)
        {
            throw new ArgumentException(
                $"A recurrent cell expects [batch, features], given [{string.Join(", ", input.shape)}].");
        }
        return given ?? zeros([input.size(0), weightHidden.size(1)], input.dtype, input.device);
    }
}
