namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression: a number, a range, a mask, a new axis or an ellipsis.</summary>
    public struct TensorIndex
    {
        internal enum Kind { None, Single, Slice, Tensor, Bool, Ellipsis, Null }

        private TensorIndex(Kind type, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            Type = type;
            (Start, Stop, Step, Mask) = (start, stop, step, tensor);
        }

        internal Kind Type { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal Tensor? Mask { get; }

        /// <summary>':', the whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        /// <summary>'...', as many whole dimensions as are missing.</summary>
        public static TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new dimension of size one.</summary>
        public static TensorIndex None = new(Kind.None);

        public static TensorIndex Null = new(Kind.Null);

        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => index is null ? None : new(Kind.Single, index);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(FromStart(range.Start), FromEnd(range.End));

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>The numbers that an index stands for, where it is a tensor or a single one.</summary>
        public static implicit operator Tensor(TensorIndex value) => value.Type switch
        {
            Kind.Tensor => value.Mask!,
            Kind.Single => torch.tensor(value.Start!.Value),
            _ => throw new ArgumentException($"An index of kind {value.Type} is no tensor.", nameof(value)),
        };

        private static long? FromStart(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        // ^0 is one past the last element, which is what a missing stop means.
        private static long? FromEnd(Index index) => !index.IsFromEnd ? index.Value : index.Value == 0 ? null : -index.Value;
    }
}
