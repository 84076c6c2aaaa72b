using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

/// <summary>How stacked recurrent layers are built, and the shapes that follow from it.</summary>
internal sealed record RecurrentOptions(
    long InputSize, long HiddenSize, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional)
{
    public long Directions => Bidirectional ? 2 : 1;

    /// <summary>A batch of one, where the input is a single sequence.</summary>
    public Tensor Batched(Tensor input, out bool single)
    {
        var rank = input.ndim;
        if (rank is not (2 or 3))
        {
            throw new ArgumentException("A recurrent layer expects [time, batch, features] or [time, features], "
                + $"given [{string.Join(", ", input.shape)}].");
        }
        if (input.size(-1) != InputSize)
        {
            throw new ArgumentException(
                $"A recurrent layer of {InputSize} features was given [{string.Join(", ", input.shape)}].");
        }
        single = rank == 2;
        return single ? input.unsqueeze(BatchFirst ? 0 : 1) : input;
    }

    public Tensor Unbatched(Tensor output, bool single) => single ? output.squeeze(BatchFirst ? 0 : 1) : output;

    /// <summary>The given hidden state [layers * directions, batch, hidden], or zeros.</summary>
    public Tensor State(Tensor? given, Tensor input, long batch, bool single = false)
    {
        if (given is null) return zeros([Layers * Directions, batch, HiddenSize], input.dtype, input.device);
        return single ? given.unsqueeze(1) : given;
    }

    public long BatchOf(Tensor input) => input.size(BatchFirst ? 0 : 1);

    public static long BatchOf(PackedSequence input)
    {
        using var first = input.batch_sizes.select(0, 0);
        return first.item<long>();
    }

    /// <summary>A hidden state with its batch dimension in another order.</summary>
    public static Tensor Ordered(Tensor state, Tensor? order) =>
        order is null ? state : state.index_select(1, order);

    /// <summary>Packed outputs in the order of the packed inputs.</summary>
    public static PackedSequence Like(PackedSequence input, Tensor data) =>
        new(data, input.batch_sizes.alias(), input.sorted_indices?.alias(), input.unsorted_indices?.alias());
}
