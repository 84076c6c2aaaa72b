namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>A parameter that takes over this tensor, which is unusable afterwards.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>F#'s pipe through a module, written -->.</summary>
        public static Tensor op_MinusMinusGreater(Tensor t, nn.Module<Tensor, Tensor> m) => m.call(t);
    }
}
