using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The starting values of linear layers and convolutions: uniform within 1 / sqrt(fan in).</summary>
internal static class FanInInit
{
    public static void Apply(Parameter weight, Parameter? bias)
    {
        // Slope sqrt(5) makes the bound of kaiming_uniform_ equal 1 / sqrt(fan in); the roundings are PyTorch's.
        if (weight.numel() > 0) init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = init.CalculateFanInAndFanOut(weight);
        var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
        init.uniform_(bias, -bound, bound);
    }
}
