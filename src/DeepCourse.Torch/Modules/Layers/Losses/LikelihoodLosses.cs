using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The negative log likelihood of Poisson counts.</summary>
public sealed class PoissonNLLLoss : Loss<Tensor, Tensor, Tensor>
{
    public PoissonNLLLoss(
        bool log_input = true, bool full = false, float eps = 1E-08f, Reduction reduction = Reduction.Mean)
        : base(reduction) =>
        (this.log_input, this.full, this.eps) = (log_input, full, eps);

    public float eps { get; }

    public bool full { get; }

    public bool log_input { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        functional.poisson_nll_loss(input, target, log_input, full, eps, reduction);
}

/// <summary>The negative log likelihood of a normal distribution.</summary>
public sealed class GaussianNLLLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    public GaussianNLLLoss(bool full = false, float eps = 1E-08f, Reduction reduction = Reduction.Mean)
        : base(reduction) =>
        (this.full, this.eps) = (full, eps);

    public float eps { get; }

    public bool full { get; }

    public override Tensor forward(Tensor input, Tensor target, Tensor variance) =>
        functional.gaussian_nll_loss(input, target, variance, full, eps, reduction);
}

/// <summary>The divergence of the target from the input, which is in log space.</summary>
public sealed class KLDivLoss : Loss<Tensor, Tensor, Tensor>
{
    public KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) : base(reduction) =>
        this.log_target = log_target;

    public bool log_target { get; }

    public override Tensor forward(Tensor input, Tensor target) =>
        functional.kl_div(input, target, log_target, reduction);
}
