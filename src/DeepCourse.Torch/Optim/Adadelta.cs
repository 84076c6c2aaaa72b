// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Adadelta (Zeiler 2012).</summary>
public partial class Adadelta : OptimizerHelper
{
    public Adadelta(
        IEnumerable<Parameter> parameters, double lr, double rho = 0.9, double eps = 1E-06, double weight_decay = 0,
        bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, rho, eps, weight_decay, maximize)
    {
    }

    public Adadelta(
        IEnumerable<ParamGroup> parameters, double lr = 1, double rho = 0.9, double eps = 1E-06,
        double weight_decay = 0, bool maximize = false)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireFraction(rho, nameof(rho));
        RequireNonNegative(eps, nameof(eps));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            rho = rho,
            eps = eps,
            weight_decay = weight_decay,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public partial class ParamGroup
    {
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1, double rho = 0.9, double eps = 1E-06,
            double weight_decay = 0, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                rho = rho,
                eps = eps,
                weight_decay = weight_decay,
                maximize = maximize,
            })
        {
        }
    }

    public partial class Options
    {
        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.Adadelta,
            Rate = LearningRate.Value,
            Maximize = Flag(maximize),
            Decay = weight_decay.Value,
            Epsilon = eps.Value,
            Alpha = rho.Value,
        };
    }

    public sealed partial class State
    {
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            square_avg = Zeros();
            acc_delta = Zeros();
        }
    }
}
