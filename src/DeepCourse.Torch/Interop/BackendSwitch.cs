namespace TorchSharp.Interop;

/// <summary>The switches of runtime.cpp by number.</summary>
internal enum BackendSwitch
{
    FlashAttention = 0,
    MathAttention = 1,
    MatrixTf32 = 2,
    MatrixReducedPrecisionReduction = 3,
    CudnnTf32 = 4,
    CudnnBenchmark = 5,
    CudnnDeterministic = 6,
}

internal static class BackendSwitchExtensions
{
    internal static unsafe bool Get(this BackendSwitch number)
    {
        int value;
        Errors.Check(NativeMethods.dct_switch_get(number, &value));
        return value != 0;
    }

    internal static void Set(this BackendSwitch number, bool value) =>
        Errors.Check(NativeMethods.dct_switch_set(number, value ? 1 : 0));
}
