using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The losses that libtorch has no operator for; formulas are those of PyTorch's documentation.
        public static partial class functional
        {
            public static Tensor gaussian_nll_loss(Tensor input, Tensor target, Tensor variance, bool full = false,
                float eps = 1e-6f, Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                if (!variance.shape.SequenceEqual(input.shape))
                {
                    // A variance for each item only: one trailing axis less, or of length one.
                    if (variance.ndim == input.ndim - 1) variance = variance.unsqueeze(-1);
                    else if (variance.ndim != input.ndim || variance.shape[^1] != 1)
                        throw new ArgumentException("The variance is as large as the input, or has one value for its last axis.", nameof(variance));
                }

                if ((variance < 0).any().ToBoolean())
                    throw new ArgumentException("A variance is negative.", nameof(variance));

                // The floor keeps the loss finite and must not stop the gradient of the variance.
                var floored = variance + (variance.detach().clamp_min(eps) - variance.detach());
                var loss = 0.5 * (floored.log() + (input - target).square() / floored);
                if (full) loss = loss + 0.5 * Math.Log(2 * Math.PI);
                return Reduced(loss, reduction).MoveToOuterDisposeScope();
            }

            public static Tensor multilabel_soft_margin_loss(Tensor input, Tensor target, Tensor? weight = null,
                Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                var loss = -(target * Aten.log_sigmoid(input) + (1 - target) * Aten.log_sigmoid(-input));
                if (weight is not null) loss = loss * weight;
                return Reduced(loss.mean([-1]), reduction).MoveToOuterDisposeScope();
            }

            public static Tensor triplet_margin_with_distance_loss(Tensor anchor, Tensor positive, Tensor negative,
                Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false,
                Reduction reduction = Reduction.Mean)
            {
                using var scope = NewDisposeScope();
                distance ??= static (x, y) => pairwise_distance(x, y);
                var near = distance(anchor, positive);
                var far = distance(anchor, negative);
                // Balntas et al. 2016: the harder of the two negatives.
                if (swap) far = far.minimum(distance(positive, negative));
                return Reduced((near - far + margin).clamp_min(0), reduction).MoveToOuterDisposeScope();
            }

            private static Tensor Reduced(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.Mean => loss.mean(),
                Reduction.Sum => loss.sum(),
                _ => loss,
            };
        }
    }
}
