// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Adamax: Adam with the infinity norm (Kingma and Ba 2015, section 7.1).</summary>
public class Adamax : OptimizerHelper, torch.optim.IBetas
{
    public Adamax(
        IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08,
        double weight_decay = 0)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay)
    {
    }

    public Adamax(
        IEnumerable<ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999,
        double eps = 1E-08, double weight_decay = 0)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireFraction(beta1, nameof(beta1));
        RequireFraction(beta2, nameof(beta2));
        RequireNonNegative(eps, nameof(eps));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
        };
        foreach (var group in parameters) add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1.Value, ((Options)_defaults).beta2.Value);
        set
        {
            (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
            foreach (ParamGroup<Options> group in _parameter_groups) (group.Options.beta1, group.Options.beta2) = value;
        }
    }

    public override torch.Tensor step(Func<torch.Tensor> closure = null) =>
        _step<ParamGroup<Options>>(group => Step(group, group.Options.Rule()), closure);

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        base.add_param_group(param_group);
        Join(param_group, () => new Options(), parameter => new State(parameter));
    }

    protected override void Dispose(bool disposing) => base.Dispose(disposing);

    public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 1, double beta1 = 0.9, double beta2 = 0.999,
            double eps = 1E-08, double weight_decay = 0)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1.Value, Options.beta2.Value);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, beta1);
            Write(writer, beta2);
            Write(writer, eps);
            Write(writer, weight_decay);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = ReadDouble(reader);
            beta2 = ReadDouble(reader);
            eps = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            beta1 = from.beta1;
            beta2 = from.beta2;
            eps = from.eps;
            weight_decay = from.weight_decay;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            beta1 ??= from.beta1;
            beta2 ??= from.beta2;
            eps ??= from.eps;
            weight_decay ??= from.weight_decay;
        }

        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.Adamax,
            Rate = LearningRate.Value,
            Decay = weight_decay.Value,
            Epsilon = eps.Value,
            Alpha = beta1.Value,
            Beta = beta2.Value,
        };
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor exp_avg;
        public torch.Tensor exp_inf;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            exp_avg = Zeros();
            exp_inf = Zeros();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            SaveConditionalStateTensor(writer, exp_avg);
            SaveConditionalStateTensor(writer, exp_inf);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref exp_avg);
            Load(reader, ref exp_inf);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Copy(from.exp_avg, ref exp_avg);
            Copy(from.exp_inf, ref exp_inf);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Close(exp_avg, state.exp_avg) &&
            Close(exp_inf, state.exp_inf);

        public override void to(torch.Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_inf, device);
        }

        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_inf?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.First = HandleOf(exp_avg);
            slot.Second = HandleOf(exp_inf);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            Adopt(ref exp_avg, slot.First);
            Adopt(ref exp_inf, slot.Second);
        }
    }
}
