using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor's shape as a value.</summary>
    public struct Size : IEnumerable<long>
    {
        public static Size Empty = new(System.Array.Empty<long>());

        private readonly long[] dimensions;

        public Size(long[] shape) => dimensions = [.. shape];

        public Size(int[] shape) => dimensions = [.. shape.Select(size => (long)size)];

        public Size(IEnumerable<long> shape) => dimensions = [.. shape];

        public Size(long size) => dimensions = [size];

        public Size(int size) => dimensions = [size];

        public Size((int, int) size) => dimensions = [size.Item1, size.Item2];

        public Size((int, int, int) size) => dimensions = [size.Item1, size.Item2, size.Item3];

        public Size((int, int, int, int) size) => dimensions = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((int, int, int, int, int) size) =>
            dimensions = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        public Size((int, int, int, int, int, int) size) =>
            dimensions = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        public Size((long, long) size) => dimensions = [size.Item1, size.Item2];

        public Size((long, long, long) size) => dimensions = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => dimensions = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((long, long, long, long, long) size) =>
            dimensions = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5];

        public Size((long, long, long, long, long, long) size) =>
            dimensions = [size.Item1, size.Item2, size.Item3, size.Item4, size.Item5, size.Item6];

        public long[] Shape => dimensions ?? [];

        public int Length => Shape.Length;

        public bool IsEmpty => Shape.Length == 0;

        public bool IsScalar => Shape.Length == 0;

        public long this[int idx] => Shape[idx];

        public long this[long idx] => Shape[idx];

        public long numel() => Shape.Aggregate(1L, (product, size) => product * size);

        public Size Slice(int first, int next) => new(Shape[first..next]);

        public IEnumerable<long> Take(int i) => Enumerable.Take(Shape, i);

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object? obj) => obj is Size other && this == other;

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var size in Shape) hash.Add(size);
            return hash.ToHashCode();
        }

        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);

        public static bool operator !=(Size left, Size right) => !(left == right);

        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new(size);

        public static implicit operator Size((long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long, long, long) size) => new(size);
    }
}
