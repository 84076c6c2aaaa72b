using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static PoissonNLLLoss PoissonNLLLoss(
            bool log_input = true, bool full = false, float eps = 1E-08f, Reduction reduction = Reduction.Mean) =>
            new(log_input, full, eps, reduction);

        public static GaussianNLLLoss GaussianNLLLoss(
            bool full = false, float eps = 1E-08f, Reduction reduction = Reduction.Mean) =>
            new(full, eps, reduction);

        public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) =>
            new(log_target, reduction);
    }
}
