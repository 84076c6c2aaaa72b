namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>
    /// A leaf tensor that a module learns. Takes over the native tensor of <c>data</c>, which is unusable afterwards.
    /// </summary>
    public class Parameter : torch.Tensor
    {
        public Parameter(torch.Tensor data, bool requires_grad = true) : base(LeafOf(data)) =>
            this.requires_grad = requires_grad;

        /// <summary>This parameter, living until its module is disposed instead of until the end of a scope.</summary>
        internal Parameter Kept()
        {
            DetachFromDisposeScope();
            return this;
        }

        // A leaf of its own, even where data was computed by autograd or another tensor object shares its handle.
        private static IntPtr LeafOf(torch.Tensor data)
        {
            using var given = data;
            return data.detach().DecoupleFromNativeHandle();
        }

        internal static Parameter Empty(torch.Device? device, torch.ScalarType? dtype, params long[] shape) =>
            new Parameter(torch.empty(shape, dtype, device)).Kept();

        internal static Parameter Zeros(torch.Device? device, torch.ScalarType? dtype, params long[] shape) =>
            new Parameter(torch.zeros(shape, dtype, device)).Kept();

        internal static Parameter Ones(torch.Device? device, torch.ScalarType? dtype, params long[] shape) =>
            new Parameter(torch.ones(shape, dtype, device)).Kept();
    }
}
