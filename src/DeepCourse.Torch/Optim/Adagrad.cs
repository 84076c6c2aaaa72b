// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Adagrad (Duchi, Hazan and Singer 2011).</summary>
public partial class Adagrad : OptimizerHelper
{
    public Adagrad(
        IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
        double initial_accumulator_value = 0, double eps = 1E-10)
        : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
    {
    }

    public Adagrad(
        IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
        double initial_accumulator_value = 0, double eps = 1E-10)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireNonNegative(lr_decay, nameof(lr_decay));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        RequireNonNegative(initial_accumulator_value, nameof(initial_accumulator_value));
        RequireNonNegative(eps, nameof(eps));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            lr_decay = lr_decay,
            weight_decay = weight_decay,
            initial_accumulator_value = initial_accumulator_value,
            eps = eps,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public partial class ParamGroup
    {
        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
            double initial_accumulator_value = 0, double eps = 1E-10)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                lr_decay = lr_decay,
                weight_decay = weight_decay,
                initial_accumulator_value = initial_accumulator_value,
                eps = eps,
            })
        {
        }
    }

    public partial class Options
    {
        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.Adagrad,
            Rate = LearningRate.Value,
            Decay = weight_decay.Value,
            Epsilon = eps.Value,
            Alpha = lr_decay.Value,
        };
    }

    public sealed partial class State
    {
        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            sum = Filled(((Options)options).initial_accumulator_value.GetValueOrDefault());
        }
    }
}
