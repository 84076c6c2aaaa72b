using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>A layer of long short-term memory over a whole sequence as one function of the graph, on the CPU.</summary>
/// <remarks>libtorch runs such a layer step by step and records each operation; here the gradients of the weights are one
/// product over all steps, and a step is one product and one pass over memory. Inside an <see cref="Autocast"/> region
/// the products are in bfloat16; gates and states stay in float32.</remarks>
internal static unsafe class LstmKernel
{
    /// <summary>Whether the kernel is made for this input.</summary>
    internal static bool Suits(torch.Tensor input) =>
        input.device_type == DeviceType.CPU && input.dtype == torch.ScalarType.Float32 && input.numel() > 0;

    /// <inheritdoc cref="Recurrence.Lstm"/>
    internal static (torch.Tensor Output, torch.Tensor Hidden, torch.Tensor Cell) Run(
        torch.Tensor input, torch.Tensor hidden, torch.Tensor cell, torch.Tensor weightInput,
        torch.Tensor weightHidden, torch.Tensor biasInput, torch.Tensor biasHidden)
    {
        var arguments = stackalloc IntPtr[]
        {
            input.Handle, hidden.Handle, cell.Handle, weightInput.Handle, weightHidden.Handle, biasInput.Handle, biasHidden.Handle,
        };
        var results = stackalloc IntPtr[3];
        Errors.Check(NativeMethods.dct_lstm_sequence(arguments, Autocast.IsEnabled(DeviceType.CPU) ? 1 : 0, results));
        var outcome = (torch.Tensor.Wrap(results[0]), torch.Tensor.Wrap(results[1]), torch.Tensor.Wrap(results[2]));
        foreach (var tensor in (ReadOnlySpan<torch.Tensor>)[input, hidden, cell, weightInput, weightHidden, biasInput, biasHidden]) GC.KeepAlive(tensor);
        return outcome;
    }
}
