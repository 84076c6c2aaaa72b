namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>
                /// Sequences of different lengths without their padding: first the first elements of all, then the
                /// second ones, and so on, longest sequence first.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>[elements, ...].</summary>
                    public readonly Tensor data;

                    /// <summary>Sequences that are still running at every step, on the CPU.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>The order that sorts the sequences by length, or null if they came sorted.</summary>
                    public readonly Tensor sorted_indices;

                    /// <summary>The order that undoes the sorting, or null if the sequences came sorted.</summary>
                    public readonly Tensor unsorted_indices;

                    internal PackedSequence(
                        Tensor data, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices)
                    {
                        (this.data, this.batch_sizes) = (data, batch_sizes);
                        this.sorted_indices = sorted_indices!;
                        this.unsorted_indices = unsorted_indices!;
                    }

                    public PackedSequence MoveToOuterDisposeScope() =>
                        ForEach(static tensor => tensor.MoveToOuterDisposeScope());

                    public PackedSequence MoveToOtherDisposeScope(DisposeScope? other) =>
                        ForEach(tensor => tensor.MoveToOtherDisposeScope(other));

                    public PackedSequence MoveToOtherDisposeScope(PackedSequence other) =>
                        ForEach(tensor => tensor.MoveToOtherDisposeScope(other.data));

                    public PackedSequence DetachFromDisposeScope() =>
                        ForEach(static tensor => tensor.DetachFromDisposeScope());

                    public void Dispose() => ForEach(static tensor => tensor.Dispose());

                    private PackedSequence ForEach(Action<Tensor> action)
                    {
                        action(data);
                        action(batch_sizes);
                        if (sorted_indices is not null) action(sorted_indices);
                        if (unsorted_indices is not null) action(unsorted_indices);
                        return this;
                    }
                }
            }
        }
    }
}
