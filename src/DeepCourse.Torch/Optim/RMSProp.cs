// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>RMSProp (Hinton, lecture 6e of 2012), optionally centred (Graves 2013).</summary>
public class RMSProp : OptimizerHelper, torch.optim.IMomentum
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

    public double Momentum
    {
        get => ((Options)_defaults).momentum.Value;
        set
        {
            ((Options)_defaults).momentum = value;
            foreach (ParamGroup<Options> group in _parameter_groups) group.Options.momentum = value;
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

    public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

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

        public double Momentum
        {
            get => Options.momentum.Value;
            set => Options.momentum = value;
        }
    }

    public class Options : OptimizerOptions
    {
        public double? alpha;
        public double? eps;
        public double? weight_decay;
        public double? momentum;
        public bool? centered;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, alpha);
            Write(writer, eps);
            Write(writer, weight_decay);
            Write(writer, momentum);
            Write(writer, centered);
            Write(writer, maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            alpha = ReadDouble(reader);
            eps = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
            momentum = ReadDouble(reader);
            centered = ReadBoolean(reader);
            maximize = ReadBoolean(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            alpha = from.alpha;
            eps = from.eps;
            weight_decay = from.weight_decay;
            momentum = from.momentum;
            centered = from.centered;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            alpha ??= from.alpha;
            eps ??= from.eps;
            weight_decay ??= from.weight_decay;
            momentum ??= from.momentum;
            centered ??= from.centered;
            maximize ??= from.maximize;
        }

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

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor square_avg;
        public torch.Tensor grad_avg;
        public torch.Tensor momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            square_avg = Zeros();
            grad_avg = ((Options)options).centered == true ? Zeros() : null;
            momentum_buffer = ((Options)options).momentum > 0 ? Zeros() : null;
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            SaveConditionalStateTensor(writer, square_avg);
            SaveConditionalStateTensor(writer, grad_avg);
            SaveConditionalStateTensor(writer, momentum_buffer);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref square_avg);
            Load(reader, ref grad_avg);
            Load(reader, ref momentum_buffer);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Copy(from.square_avg, ref square_avg);
            Copy(from.grad_avg, ref grad_avg);
            Copy(from.momentum_buffer, ref momentum_buffer);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Close(square_avg, state.square_avg) &&
            Close(grad_avg, state.grad_avg) &&
            Close(momentum_buffer, state.momentum_buffer);

        public override void to(torch.Device device)
        {
            Move(ref square_avg, device);
            Move(ref grad_avg, device);
            Move(ref momentum_buffer, device);
        }

        public void Dispose()
        {
            square_avg?.Dispose();
            grad_avg?.Dispose();
            momentum_buffer?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.First = HandleOf(square_avg);
            slot.Second = HandleOf(grad_avg);
            slot.Third = HandleOf(momentum_buffer);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            Adopt(ref square_avg, slot.First);
            Adopt(ref grad_avg, slot.Second);
            Adopt(ref momentum_buffer, slot.Third);
        }
    }
}
