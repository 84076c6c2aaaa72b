using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Recurrent layers as functions of their weights, so that weights may be results of other operations (weight
/// drop) and still reach the kernel, and gradients the parameters behind them.</summary>
public static class Recurrence
{
    /// <summary>One layer of a long short-term memory over a whole sequence (Hochreiter and Schmidhuber 1997).</summary>
    /// <param name="input">[steps, batch, inputs]</param>
    /// <param name="hidden">The hidden state before the first step, [batch, hidden].</param>
    /// <param name="cell">The cell state before the first step, [batch, hidden].</param>
    /// <param name="weightInput">[4 * hidden, inputs]; gates in the order input, forget, cell, output.</param>
    /// <param name="weightHidden">[4 * hidden, hidden]</param>
    /// <param name="biasInput">[4 * hidden]</param>
    /// <param name="biasHidden">[4 * hidden]</param>
    /// <returns>The hidden states of all steps [steps, batch, hidden], and hidden and cell state after the last,
    /// [batch, hidden] each.</returns>
    public static (torch.Tensor Output, torch.Tensor Hidden, torch.Tensor Cell) Lstm(
        torch.Tensor input, torch.Tensor hidden, torch.Tensor cell, torch.Tensor weightInput,
        torch.Tensor weightHidden, torch.Tensor biasInput, torch.Tensor biasHidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(cell);
        if (LstmKernel.Suits(input)) return LstmKernel.Run(input, hidden, cell, weightInput, weightHidden, biasInput, biasHidden);
        return Stepwise(input, hidden, cell, weightInput, weightHidden, biasInput, biasHidden);
    }

    /// <summary>libtorch's own layer: cuDNN's on a GPU, step by step elsewhere.</summary>
    internal static (torch.Tensor Output, torch.Tensor Hidden, torch.Tensor Cell) Stepwise(
        torch.Tensor input, torch.Tensor hidden, torch.Tensor cell, torch.Tensor weightInput,
        torch.Tensor weightHidden, torch.Tensor biasInput, torch.Tensor biasHidden)
    {
        using var scope = torch.NewDisposeScope();
        // Mixed precision would take a GPU's layer to float16, whichever narrow type was asked for, and the state with it.
        // cuDNN multiplies float32 on the same units.
        using var wide = Autocast.IsEnabled(input.device_type) ? new Autocast(input.device_type, enabled: false) : null;
        var type = weightHidden.dtype;
        torch.Tensor[] weights = [weightInput, weightHidden, biasInput, biasHidden];
        if (input.device_type == DeviceType.CUDA) weights = InOneBlock(weights);
        var (output, lastHidden, lastCell) = Aten.lstm_input(
            input.to_type(type), [hidden.to_type(type).unsqueeze(0), cell.to_type(type).unsqueeze(0)], weights,
            has_biases: true, num_layers: 1, dropout: 0, train: torch.is_grad_enabled(), bidirectional: false, batch_first: false);
        return scope.MoveToOuter(output, lastHidden.squeeze(0), lastCell.squeeze(0));
    }

    // As cuDNN wants them: it would copy them itself, and say each time that it had to.
    private static torch.Tensor[] InOneBlock(torch.Tensor[] weights)
    {
        var block = torch.cat([.. weights.Select(weight => weight.flatten())], 0);
        var start = 0L;
        return Array.ConvertAll(weights, weight =>
        {
            var part = block.narrow(0, start, weight.numel()).view(weight.shape);
            start += weight.numel();
            return part;
        });
    }
}
