using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Graham 2014: windows whose places are drawn at random, so that the output has any size.
        public static partial class functional
        {
            public static Tensor fractional_max_pool2d(
                Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                First(fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio));

            public static Tensor fractional_max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? output_size = null, (double, double)? output_ratio = null) =>
                First(fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio));

            public static Tensor fractional_max_pool2d(
                Tensor input, long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!) =>
                First(fractional_max_pool2d_with_indices(input, kernel_size, output_size, output_ratio));

            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(
                Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool2d_with_indices(input, [kernel_size, kernel_size],
                    output_size is { } size ? [size, size] : null!, output_ratio is { } ratio ? [ratio, ratio] : null!);

            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(
                Tensor input, (long, long) kernel_size, (long, long)? output_size = null, (double, double)? output_ratio = null) =>
                fractional_max_pool2d_with_indices(input, [kernel_size.Item1, kernel_size.Item2],
                    output_size is { } size ? [size.Item1, size.Item2] : null!,
                    output_ratio is { } ratio ? [ratio.Item1, ratio.Item2] : null!);

            public static (Tensor Values, Tensor Indices) fractional_max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!)
            {
                using var draws = Draws(input, 2);
                return Aten.fractional_max_pool2d(input, kernel_size, FractionOf(input, 2, output_size, output_ratio), draws);
            }

            public static Tensor fractional_max_pool3d(
                Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                First(fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio));

            public static Tensor fractional_max_pool3d(Tensor input, (long, long, long) kernel_size,
                (long, long, long)? output_size = null, (double, double, double)? output_ratio = null) =>
                First(fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio));

            public static Tensor fractional_max_pool3d(
                Tensor input, long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!) =>
                First(fractional_max_pool3d_with_indices(input, kernel_size, output_size, output_ratio));

            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(
                Tensor input, long kernel_size, long? output_size = null, double? output_ratio = null) =>
                fractional_max_pool3d_with_indices(input, [kernel_size, kernel_size, kernel_size],
                    output_size is { } size ? [size, size, size] : null!, output_ratio is { } ratio ? [ratio, ratio, ratio] : null!);

            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(Tensor input,
                (long, long, long) kernel_size, (long, long, long)? output_size = null, (double, double, double)? output_ratio = null) =>
                fractional_max_pool3d_with_indices(input, [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3],
                    output_size is { } size ? [size.Item1, size.Item2, size.Item3] : null!,
                    output_ratio is { } ratio ? [ratio.Item1, ratio.Item2, ratio.Item3] : null!);

            public static (Tensor Values, Tensor Indices) fractional_max_pool3d_with_indices(
                Tensor input, long[] kernel_size, long[] output_size = null!, double[] output_ratio = null!)
            {
                using var draws = Draws(input, 3);
                return Aten.fractional_max_pool3d(input, kernel_size, FractionOf(input, 3, output_size, output_ratio), draws);
            }

            private static Tensor Draws(Tensor input, int axes)
            {
                var shape = input.shape;
                var batch = shape.Length == axes + 1 ? 1 : shape[0];
                return rand([batch, shape[^(axes + 1)], axes], input.dtype, input.device);
            }

            private static long[] FractionOf(Tensor input, int axes, long[]? size, double[]? ratio)
            {
                if ((size == null) == (ratio == null)) throw new ArgumentException("Give either output_size or output_ratio.", nameof(size));
                if (size != null) return size;
                var shape = input.shape[^axes..];
                return [.. ratio!.Select((part, axis) => (long)(shape[axis] * part))];
            }
        }
    }
}
