using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                var axes = (int)x.ndim - 2;
                var isLinear = mode is InterpolationMode.Linear or InterpolationMode.Bilinear or InterpolationMode.Trilinear
                    or InterpolationMode.Bicubic;
                if (axes is < 1 or > 3)
                    throw new ArgumentException($"interpolate takes 3 to 5 dimensions (batch, channels, space), not {x.ndim}.", nameof(x));
                if ((size == null) == (scale_factor == null))
                    throw new ArgumentException("Give either size or scale_factor.", nameof(size));
                if (align_corners != null && !isLinear)
                    throw new ArgumentException($"align_corners means nothing to {mode}.", nameof(align_corners));
                if (antialias && !(axes == 2 && mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException("antialias is for bilinear and bicubic interpolation of pictures.", nameof(antialias));

                size = ForEachAxis(size, axes, nameof(size));
                scale_factor = ForEachAxis(scale_factor, axes, nameof(scale_factor));
                if (scale_factor != null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    size = Scaled(x, scale_factor);
                    scale_factor = null;
                }

                var corners = align_corners ?? false;
                return (mode, axes) switch
                {
                    (InterpolationMode.Nearest, 1) => Aten.upsample_nearest1d_vec(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Aten.upsample_nearest2d_vec(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Aten.upsample_nearest3d_vec(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 1) => Aten._upsample_nearest_exact1d_vec(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 2) => Aten._upsample_nearest_exact2d_vec(x, size, scale_factor),
                    (InterpolationMode.NearestExact, 3) => Aten._upsample_nearest_exact3d_vec(x, size, scale_factor),
                    (InterpolationMode.Area, 1) => Aten.adaptive_avg_pool1d(x, size),
                    (InterpolationMode.Area, 2) => Aten.adaptive_avg_pool2d(x, size),
                    (InterpolationMode.Area, 3) => Aten.adaptive_avg_pool3d(x, size),
                    (InterpolationMode.Linear, 1) => Aten.upsample_linear1d_vec(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) when antialias => Aten._upsample_bilinear2d_aa_vec(x, size, corners, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Aten.upsample_bilinear2d_vec(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) when antialias => Aten._upsample_bicubic2d_aa_vec(x, size, corners, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Aten.upsample_bicubic2d_vec(x, size, corners, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Aten.upsample_trilinear3d_vec(x, size, corners, scale_factor),
                    _ => throw new ArgumentException($"{mode} does not fit a tensor of {x.ndim} dimensions.", nameof(mode)),
                };
            }

            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null,
                UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                // The two enumerations share their first five numbers.
                interpolate(input, size, scale_factor, (InterpolationMode)mode, mode == UpsampleMode.Nearest ? null : align_corners);

            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null,
                bool align_corners = false) => interpolate(x, size, scale_factor, InterpolationMode.Nearest);

            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null,
                bool align_corners = false) => interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            public static Tensor upsample_nearest1d(Tensor input, long? outputSize, double? scaleFactor) =>
                Aten.upsample_nearest1d_vec(input, outputSize is { } length ? [length] : null, scaleFactor is { } factor ? [factor] : null);

            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Aten.upsample_nearest2d_vec(input, outputSizes, scaleFactors);

            public static Tensor upsample_nearest3d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Aten.upsample_nearest3d_vec(input, outputSizes, scaleFactors);

            private static T[]? ForEachAxis<T>(T[]? values, int axes, string name)
            {
                if (values == null || values.Length == axes) return values;
                if (values.Length == 1) return [.. Enumerable.Repeat(values[0], axes)];
                throw new ArgumentException($"{axes} values are wanted, one for each axis, not {values.Length}.", name);
            }

            private static long[] Scaled(Tensor x, double[] factors)
            {
                var shape = x.shape;
                return [.. factors.Select((factor, axis) => (long)Math.Floor(shape[axis + 2] * factor))];
            }
        }
    }
}
