using System.Runtime.Intrinsics.X86;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Lessons;

/// <summary>What <c>--precision</c> means: which narrow type every learner of a lesson computes in.</summary>
internal static class Precision
{
    internal const string Automatic = "auto";
    internal const string Full = "fp32";
    internal const string BFloat16 = "bf16";
    internal const string Float16 = "fp16";

    /// <summary>What <see cref="Automatic"/> means on a device: bf16 where it multiplies in it, else fp32.</summary>
    internal static string Resolve(string precision, torch.Device device)
    {
        if (precision != Automatic) return precision;
        if (device.type != DeviceType.CUDA && !(device.type == DeviceType.CPU && MultipliesNarrow)) return Full;
        try
        {
            _ = Callbacks(BFloat16);
            return BFloat16;
        }
        catch (PlatformNotSupportedException)
        {
            return Full;
        }
    }

    // AVX512_BF16: leaf 7, subleaf 1, bit 5 of EAX. Without it bfloat16 is emulated, and slow.
    private static bool MultipliesNarrow =>
        X86Base.IsSupported && Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    /// <summary>Refuses what this machine or this stack cannot do, before anything is loaded.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    internal static void Require(string precision, torch.Device device)
    {
        if (precision == Float16 && device.type == DeviceType.CPU)
            throw new UsageException("--precision fp16 needs a GPU; on the CPU take bf16");
        try
        {
            _ = Callbacks(precision);
        }
        catch (PlatformNotSupportedException missing)
        {
            throw new UsageException($"--precision {precision}: {missing.Message}");
        }
    }

    /// <summary>The callbacks of one learner; each learner needs its own, since float16's scale is part of its state.</summary>
    internal static IReadOnlyList<Callback> Callbacks(string precision) => precision switch
    {
        Full => [],
        BFloat16 => [new MixedPrecision(ScalarType.BFloat16)],
        Float16 => [new MixedPrecision(ScalarType.Float16)],
        _ => throw new UsageException($"--precision: expected {Full}, {BFloat16} or {Float16}, actual '{precision}'"),
    };
}
