using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var scope = NewDisposeScope();
                return (input / Aten.norm_ScalarOpt_dim(input, p, [dim], true).clamp_min(eps)).MoveToOuterDisposeScope();
            }

            // Krizhevsky et al. 2012, section 3.3: each value is divided by the energy of `size` neighbouring channels.
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1)
            {
                if (input.ndim < 3) throw new ArgumentException($"3 or more dimensions are wanted, not {input.ndim}.", nameof(input));
                using var scope = NewDisposeScope();
                var shape = input.shape;
                // Channels become an axis of space to average over; what lies behind them is one long axis.
                var energy = input.square().reshape(shape[0], 1, shape[1], -1);
                energy = pad(energy, (0, 0, size / 2, (size - 1) / 2));
                energy = avg_pool2d(energy, (size, 1), (1, 1)).reshape(shape);
                return (input / (energy * alpha + k).pow(beta)).MoveToOuterDisposeScope();
            }
        }
    }
}
