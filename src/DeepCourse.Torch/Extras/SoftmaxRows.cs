using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Cross-entropy of rows of logits, and its gradient in place of the logits, in two passes over
/// memory.</summary>
public static class SoftmaxRows
{
    /// <summary>Whether the kernel is made for these logits: float32 or bfloat16, on the CPU.</summary>
    /// <param name="logits">Any tensor.</param>
    /// <returns>False elsewhere: on a GPU, in double precision.</returns>
    public static bool Suits(torch.Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return logits.device_type == DeviceType.CPU && logits.dtype is torch.ScalarType.Float32 or torch.ScalarType.BFloat16;
    }

    /// <summary>Computes the losses and replaces the logits by the gradient of their sum times a factor.</summary>
    /// <param name="logits">[rows, classes], contiguous, without a graph of its own; becomes
    /// <c>(softmax - target) * scale</c>, or stays as it is with a scale of 0.</param>
    /// <param name="targets">int64 [rows], contiguous.</param>
    /// <param name="losses">float32 [rows], contiguous; receives each row's cross-entropy, 0 where the target is
    /// ignored.</param>
    /// <param name="scale">What the loss is multiplied by before the gradient is taken.</param>
    /// <param name="ignored">A target that counts nothing.</param>
    public static void CrossEntropy_(torch.Tensor logits, torch.Tensor targets, torch.Tensor losses, double scale, long ignored = -100)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(losses);
        Errors.Check(NativeMethods.dct_softmax_rows(logits.Handle, targets.Handle, scale, ignored, losses.Handle));
        GC.KeepAlive(logits);
        GC.KeepAlive(targets);
        GC.KeepAlive(losses);
    }
}
