namespace DeepCourse.Layers;

/// <summary>First values for weights.</summary>
public static class Initializers
{
    /// <summary>Normally distributed weights that keep the variance through ReLUs, biases at 0, in all convolutions and
    /// linear layers of a module.</summary>
    /// <param name="module">A single layer or a whole network.</param>
    /// <returns>The same module.</returns>
    /// <typeparam name="TModule">The type of the module.</typeparam>
    /// <remarks>He et al. 2015 (arXiv 1502.01852), section 2.2, by the number of inputs.</remarks>
    public static TModule Kaiming<TModule>(TModule module) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var layer in module.modules().Prepend(module))
        {
            if (layer is not (Convolution or TorchSharp.Modules.Linear)) continue;
            foreach (var (name, parameter) in layer.named_parameters(recurse: false))
            {
                if (name == "weight") init.kaiming_normal_(parameter, nonlinearity: init.NonlinearityType.ReLU);
                else init.zeros_(parameter);
            }
        }
        return module;
    }
}
