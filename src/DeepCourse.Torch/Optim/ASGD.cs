// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Averaged stochastic gradient descent (Polyak and Juditsky 1992).</summary>
public partial class ASGD : OptimizerHelper
{
    public ASGD(
        IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75,
        double t0 = 1000000, double weight_decay = 0, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, lambd, alpha, t0, weight_decay, maximize)
    {
    }

    public ASGD(
        IEnumerable<ParamGroup<Options>> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75,
        double t0 = 1000000, double weight_decay = 0, bool maximize = false)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            lambd = lambd,
            alpha = alpha,
            t0 = t0,
            weight_decay = weight_decay,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public partial class ParamGroup
    {
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.01, double lambd = 0.0001, double alpha = 0.75,
            double t0 = 1000000, double weight_decay = 0)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                lambd = lambd,
                alpha = alpha,
                t0 = t0,
                weight_decay = weight_decay,
            })
        {
        }
    }

    public partial class Options
    {
        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.ASGD,
            Rate = LearningRate.Value,
            Maximize = Flag(maximize),
            Decay = weight_decay.Value,
            Alpha = lambd.Value,
            Beta = alpha.Value,
            Gamma = t0.Value,
        };
    }

    public sealed partial class State
    {
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            eta = options.LearningRate.Value;
            mu = 1;
            ax = Zeros();
        }
    }
}
