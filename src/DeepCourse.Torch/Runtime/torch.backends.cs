using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Numeric switches of the backends. Settable on any libtorch, effective where the backend exists.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static void enable_flash_sdp(bool enable) => BackendSwitch.FlashAttention.Set(enable);

            public static void enable_math_sdp(bool enable) => BackendSwitch.MathAttention.Set(enable);

            public static bool flash_sdp_enabled() => BackendSwitch.FlashAttention.Get();

            public static bool math_sdp_enabled() => BackendSwitch.MathAttention.Get();

            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => BackendSwitch.MatrixTf32.Get();
                    set => BackendSwitch.MatrixTf32.Set(value);
                }

                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => BackendSwitch.MatrixReducedPrecisionReduction.Get();
                    set => BackendSwitch.MatrixReducedPrecisionReduction.Set(value);
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => BackendSwitch.CudnnTf32.Get();
                set => BackendSwitch.CudnnTf32.Set(value);
            }
        }
    }
}
