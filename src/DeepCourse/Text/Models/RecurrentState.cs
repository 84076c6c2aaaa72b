using DeepCourse.Training;

namespace DeepCourse.Text.Models;

/// <summary>What recurrent layers remember of the steps before: for each layer its tensors, [batch, ...], without
/// gradients. It owns them and outlives the batch that they come from.</summary>
internal sealed class RecurrentState : IDisposable
{
    private RecurrentState(Tensor[][] layers) => Layers = layers;

    /// <summary>For each layer its tensors.</summary>
    public IReadOnlyList<Tensor[]> Layers { get; }

    /// <summary>Copies tensors out of the dispose scope and the graph of their batch.</summary>
    public static RecurrentState Keep(IEnumerable<Tensor[]> layers, ScalarType? type = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        // A copy: the last step of a layer is a part of the memory of all its steps.
        return new(layers
            .Select(tensors => Array.ConvertAll(tensors, tensor => tensor.detach().to_type(type ?? tensor.dtype).clone().DetachFromDisposeScope()))
            .ToArray());
    }

    /// <summary>Whether the state belongs to batches like this one.</summary>
    /// <param name="embedded">[steps, batch, features]</param>
    public bool Fits(Tensor embedded)
    {
        var sample = Layers[0][0];
        return sample.size(0) == embedded.size(1) && sample.dtype == embedded.dtype
            && sample.device.type == embedded.device.type && sample.device.index == embedded.device.index;
    }

    /// <summary>Writes a state, or that there is none.</summary>
    public static void Write(BinaryWriter writer, RecurrentState? state)
    {
        writer.Write(state?.Layers.Count ?? 0);
        if (state is null) return;
        foreach (var tensors in state.Layers)
        {
            writer.Write(tensors.Length);
            foreach (var tensor in tensors) TensorArchive.Write(writer, tensor);
        }
    }

    /// <summary>Reads what <see cref="Write"/> has written, to the CPU.</summary>
    public static RecurrentState? Read(BinaryReader reader)
    {
        using var scope = NewDisposeScope();
        var layers = new Tensor[reader.ReadInt32()][];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new Tensor[reader.ReadInt32()];
            for (var j = 0; j < layers[i].Length; j++) layers[i][j] = TensorArchive.Read(reader);
        }
        return layers.Length == 0 ? null : Keep(layers);
    }

    /// <summary>A copy where a weight is, in the weight's precision.</summary>
    public RecurrentState To(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return Keep(Layers.Select(tensors => Array.ConvertAll(tensors, tensor => tensor.to(weight.dtype, weight.device))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensors in Layers)
            foreach (var tensor in tensors) tensor.Dispose();
    }
}
