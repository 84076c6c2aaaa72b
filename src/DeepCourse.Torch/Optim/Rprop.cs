// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Rprop: steps that follow only the sign of the gradient (Riedmiller and Braun 1993).</summary>
public partial class Rprop : OptimizerHelper
{
    public Rprop(
        IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2,
        double min_step = 1E-06, double max_step = 50, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, etaminus, etaplus, min_step, max_step, maximize)
    {
    }

    public Rprop(
        IEnumerable<ParamGroup> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2,
        double min_step = 1E-06, double max_step = 50, bool maximize = false)
    {
        RequireNonNegative(lr, nameof(lr));
        if (etaminus is <= 0 or >= 1 || etaplus <= 1)
            throw new ArgumentException($"Invalid eta values: {etaminus}, {etaplus}; expected 0 < etaminus < 1 < etaplus.", nameof(etaminus));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            etaminus = etaminus,
            etaplus = etaplus,
            min_step = min_step,
            max_step = max_step,
            maximize = maximize,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public partial class ParamGroup
    {
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.01, double etaminus = 0.5, double etaplus = 1.2,
            double min_step = 1E-06, double max_step = 50, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                etaminus = etaminus,
                etaplus = etaplus,
                min_step = min_step,
                max_step = max_step,
                maximize = maximize,
            })
        {
        }
    }

    public partial class Options
    {
        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.Rprop,
            Rate = LearningRate.Value,
            Maximize = Flag(maximize),
            Epsilon = min_step.Value,
            Alpha = etaminus.Value,
            Beta = etaplus.Value,
            Gamma = max_step.Value,
        };
    }

    public sealed partial class State
    {
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            prev = Zeros();
            step_size = Filled(options.LearningRate.Value);
        }
    }
}
