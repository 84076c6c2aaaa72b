using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static HingeEmbeddingLoss HingeEmbeddingLoss(
            double margin = 1, Reduction reduction = Reduction.Mean) =>
            new(margin, reduction);

        public static CosineEmbeddingLoss CosineEmbeddingLoss(
            double margin = 0, Reduction reduction = Reduction.Mean) =>
            new(margin, reduction);

        public static MarginRankingLoss MarginRankingLoss(double margin = 0, Reduction reduction = Reduction.Mean) =>
            new(margin, reduction);

        public static TripletMarginLoss TripletMarginLoss(
            double margin = 1, long p = 2, double eps = 1E-06, bool swap = false,
            Reduction reduction = Reduction.Mean) =>
            new(margin, p, eps, swap, reduction);

        public static TripletMarginWithDistanceLoss TripletMarginWithDistanceLoss(
            Func<Tensor, Tensor, Tensor>? distance = null, double margin = 1, bool swap = false,
            Reduction reduction = Reduction.Mean) =>
            new(distance, margin, swap, reduction);
    }
}
