using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules
{
    /// <summary>Enlarges [batch, channels, ...] to a size or by a factor.</summary>
    public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
    {
        private readonly long[]? _size;
        private readonly double[]? _scaleFactor;

        internal Upsample(
            long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners,
            bool? recompute_scale_factor) : base(nameof(Upsample))
        {
            (_size, _scaleFactor) = (size, scale_factor);
            (this.mode, this.align_corners) = (mode, align_corners);
            this.recompute_scale_factor = recompute_scale_factor;
        }

        public ReadOnlySpan<long> size => _size;

        public ReadOnlySpan<double> scale_factor => _scaleFactor;

        public UpsampleMode mode { get; }

        public bool? align_corners { get; }

        public bool? recompute_scale_factor { get; set; }

        // The two enumerations give the modes that they share the same numbers.
        public override Tensor forward(Tensor input) => functional.interpolate(
            input, _size, _scaleFactor, (InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Upsample Upsample(
                long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest,
                bool? align_corners = null, bool? recompute_scale_factor = null) =>
                new(size, scale_factor, mode, align_corners, recompute_scale_factor);
        }
    }
}
