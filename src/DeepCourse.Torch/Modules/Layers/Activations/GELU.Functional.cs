using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor gelu() => nn.functional.gelu(this);

        public Tensor gelu(GELU.Approximate approximate) => nn.functional.gelu(this, approximate);
    }

    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor gelu(Tensor x) => gelu(x, Modules.GELU.Approximate.none);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false)
            {
                // The operator's own gradient can't be trusted on the CPU: see gelu.cpp.
                if (x.device_type != DeviceType.CPU)
                    return inplace ? Aten.gelu_(x, ApproximationName(approximate)) : Aten.gelu(x, ApproximationName(approximate));
                if (!inplace) return Gelu(x, approximate);
                // The gradient needs what was there before.
                using var before = x.clone();
                using var result = Gelu(before, approximate);
                return x.copy_(result);
            }

            private static unsafe Tensor Gelu(Tensor x, GELU.Approximate approximate)
            {
                IntPtr result;
                Errors.Check(NativeMethods.dct_gelu(x.Handle, approximate == Modules.GELU.Approximate.tanh ? 1 : 0, &result));
                GC.KeepAlive(x);
                return Tensor.Wrap(result);
            }
        }
    }
}
