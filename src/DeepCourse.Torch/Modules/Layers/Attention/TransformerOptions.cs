using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>How the layers of a transformer are built.</summary>
internal sealed record TransformerOptions(
    long Features, long Heads, long Feedforward, double Dropout, Activations Activation)
{
    public Tensor Activated(Tensor input) =>
        Activation == Activations.GELU ? functional.gelu(input) : functional.relu(input);

    public Tensor Dropped(Tensor input, bool training) =>
        training && Dropout > 0 ? functional.dropout(input, Dropout) : input;

    /// <summary>The new layer with the parameters of the old one.</summary>
    public static T Copied<T>(T from, T to) where T : Module
    {
        to.load_state_dict(from.state_dict());
        to.train(from.training);
        return to;
    }
}
