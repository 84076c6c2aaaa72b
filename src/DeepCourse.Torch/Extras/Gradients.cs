using TorchSharp.Interop;
using TorchSharp.Modules;

namespace DeepCourse.Native;

/// <summary>
/// Measures and changes the gradients of many parameters in one native call, without a list of small tensors in
/// between. Parameters without a gradient are passed over.
/// </summary>
public static class Gradients
{
    /// <summary>The norm of all gradients taken together as one vector.</summary>
    /// <param name="parameters">Whose gradients to measure.</param>
    /// <param name="order">2, another order, or infinity for the largest magnitude.</param>
    /// <returns>The norm; NaN or infinity when a gradient is not finite.</returns>
    public static double Norm(IEnumerable<Parameter> parameters, double order = 2) => GradientCalls.Norm(parameters, order);

    /// <summary>Scales all gradients by the same factor so that their norm is at most <paramref name="limit"/>.</summary>
    /// <param name="parameters">Whose gradients to clip.</param>
    /// <param name="limit">The largest norm that is left alone.</param>
    /// <param name="order">The norm's order, as in <see cref="Norm"/>.</param>
    /// <returns>The norm before clipping.</returns>
    /// <remarks>Pascanu, Mikolov and Bengio 2013, algorithm 1, with PyTorch's 1e-6 in the denominator.</remarks>
    public static double ClipNorm(IEnumerable<Parameter> parameters, double limit, double order = 2) =>
        GradientCalls.Clip(parameters, limit, order);

    /// <summary>Lets go of all gradients.</summary>
    /// <param name="parameters">Whose gradients to forget.</param>
    public static void Clear(IEnumerable<Parameter> parameters) => GradientCalls.Clear(parameters);
}
