using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>How cuDNN chooses its convolution algorithms. Without cuDNN the switches are kept and have no effect.</summary>
public static class Cudnn
{
    /// <summary>Whether to time all algorithms once for each new shape and keep the fastest.</summary>
    public static bool Benchmark
    {
        get => BackendSwitch.CudnnBenchmark.Get();
        set => BackendSwitch.CudnnBenchmark.Set(value);
    }

    /// <summary>Whether to use only algorithms whose results do not change from run to run.</summary>
    public static bool Deterministic
    {
        get => BackendSwitch.CudnnDeterministic.Get();
        set => BackendSwitch.CudnnDeterministic.Set(value);
    }
}
