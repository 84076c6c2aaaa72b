using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>Packs padded sequences: [time, batch, ...] or, batch first, [batch, time, ...].</summary>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    var counts = lengths.to(ScalarType.Int64, CPU);
                    Tensor? order = null, inverse = null;
                    if (!enforce_sorted)
                    {
                        (counts, order) = sort(counts, -1, true);
                        order = order.to(input.device);
                        inverse = InverseOf(order);
                        input = input.index_select(batch_first ? 0 : 1, order);
                    }
                    var (data, sizes) = Aten._pack_padded_sequence(input, counts, batch_first);
                    return new PackedSequence(data, sizes, order, inverse).MoveToOuterDisposeScope();
                }

                /// <summary>Packs sequences [time, ...] of different lengths.</summary>
                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    using var scope = NewDisposeScope();
                    Tensor[] all = [.. sequences];
                    var lengths = torch.tensor(Array.ConvertAll(all, sequence => sequence.size(0)));
                    var padded = pad_sequence(all);
                    return pack_padded_sequence(padded, lengths, enforce_sorted: enforce_sorted)
                        .MoveToOuterDisposeScope();
                }

                /// <summary>The padded sequences [time, batch, ...] in their first order, and their lengths.</summary>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0,
                    long? total_length = null)
                {
                    using var scope = NewDisposeScope();
                    var (padded, lengths) = Aten._pad_packed_sequence(
                        sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? -1);
                    if (sequence.unsorted_indices is { } order)
                    {
                        padded = padded.index_select(batch_first ? 0 : 1, order);
                        lengths = lengths.index_select(0, order.to(CPU));
                    }
                    return scope.MoveToOuter(padded, lengths);
                }

                /// <summary>Sequences [time, ...] side by side, padded to the longest: [time, batch, ...].</summary>
                public static Tensor pad_sequence(
                    IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0)
                {
                    using var scope = NewDisposeScope();
                    Tensor[] all = [.. sequences];
                    if (all.Length == 0) throw new ArgumentException("There is no sequence to pad.", nameof(sequences));
                    var longest = all.Max(sequence => sequence.size(0));
                    var padded = Array.ConvertAll(all, sequence => Extended(sequence, longest, padding_value));
                    return stack(padded, batch_first ? 0 : 1).MoveToOuterDisposeScope();
                }

                private static Tensor Extended(Tensor sequence, long length, double value)
                {
                    var missing = length - sequence.size(0);
                    if (missing == 0) return sequence;
                    var shape = sequence.shape;
                    shape[0] = missing;
                    return cat([sequence, full(shape, value, sequence.dtype, sequence.device)], 0);
                }

                private static Tensor InverseOf(Tensor order)
                {
                    var inverse = order.empty_like();
                    var positions = arange(0, order.numel(), 1, ScalarType.Int64, order.device);
                    return inverse.scatter_(0, order, positions);
                }
            }
        }
    }
}
