// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>RMSProp (Hinton, lecture 6e of 2012), optionally centred (Graves 2013).</summary>
public partial class RMSProp : OptimizerHelper, torch.optim.IMomentum
{
    public RMSProp(
        IEnumerable<Parameter> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1E-08,
        double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(
        IEnumerable<ParamGroup> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1E-08,
        double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireNonNegative(momentum, nameof(momentum));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        RequireNonNegative(alpha, nameof(alpha));
        RequireNonNegative(eps, nameof(eps));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            alpha = alpha,
            eps = eps,
            weight_decay = weight_decay,
            momentum = momentum,
            centered = centered,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public partial class ParamGroup
    {
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double eps = 1E-08, double alpha = 0.99,
            double weight_decay = 0, double momentum = 0, bool centered = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                eps = eps,
                alpha = alpha,
                weight_decay = weight_decay,
                momentum = momentum,
                centered = centered,
            })
        {
        }
    }

    public partial class Options
    {
        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.RMSProp,
            Rate = LearningRate.Value,
            Maximize = Flag(maximize),
            Centered = Flag(centered),
            Decay = weight_decay.Value,
            Epsilon = eps.Value,
            Alpha = alpha.Value,
            Beta = momentum.Value,
        };
    }

    public sealed partial class State
    {
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            square_avg = Zeros();
            grad_avg = ((Options)options).centered == true ? Zeros() : null;
            momentum_buffer = ((Options)options).momentum > 0 ? Zeros() : null;
        }
    }
}
