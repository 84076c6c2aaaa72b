using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor lp_pool1d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                PowerMean(input, norm_type, kernel_size, powers => avg_pool1d(powers, kernel_size, stride, ceil_mode: ceil_mode));

            public static Tensor lp_pool2d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                PowerMean(input, norm_type, kernel_size * kernel_size, powers => avg_pool2d(powers, kernel_size, stride, ceil_mode: ceil_mode));

            public static Tensor lp_pool2d(
                Tensor input, double norm_type, long[] kernel_size, long[] stride = null!, bool ceil_mode = false) =>
                PowerMean(input, norm_type, kernel_size[0] * kernel_size[^1], powers => avg_pool2d(powers, kernel_size, stride, ceil_mode: ceil_mode));

            // (sum of x^p)^(1/p) over a window, from the window's mean.
            private static Tensor PowerMean(Tensor input, double norm, long area, Func<Tensor, Tensor> mean)
            {
                using var scope = NewDisposeScope();
                var means = mean(input.pow(norm));
                return (means.sign() * means.abs().relu() * area).pow(1 / norm).MoveToOuterDisposeScope();
            }

            public static Tensor max_unpool1d(Tensor input, Tensor indices, long kernel_size, long? stride = null,
                long? padding = null, long[] output_size = null!)
            {
                using var scope = NewDisposeScope();
                var size = Unpooled(input, [kernel_size], stride is { } step ? [step] : null, padding is { } border ? [border] : null, output_size);
                return Aten.max_unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [size[0], 1]).squeeze(-1).MoveToOuterDisposeScope();
            }

            public static Tensor max_unpool2d(Tensor input, Tensor indices, long[] kernel_size, long[] stride = null!,
                long[] padding = null!, long[] output_size = null!) =>
                Aten.max_unpool2d(input, indices, Unpooled(input, kernel_size, stride, padding, output_size));

            public static Tensor max_unpool3d(Tensor input, Tensor indices, long[] kernel_size, long[] stride = null!,
                long[] padding = null!, long[] output_size = null!) =>
                Aten.max_unpool3d(input, indices, Unpooled(input, kernel_size, stride, padding, output_size),
                    stride ?? kernel_size, padding ?? [0, 0, 0]);

            private static long[] Unpooled(Tensor input, long[] kernel, long[]? stride, long[]? padding, long[]? wanted)
            {
                // A given size may carry the batch and channel axes.
                if (wanted is not null) return wanted[^kernel.Length..];
                var shape = input.shape[^kernel.Length..];
                return [.. kernel.Select((k, i) => (shape[i] - 1) * (stride ?? kernel)[i] + k - 2 * (padding?[i] ?? 0))];
            }
        }
    }
}
