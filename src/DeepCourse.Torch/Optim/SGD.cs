// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum (Sutskever et al. 2013) and Nesterov's variant.</summary>
public class SGD : OptimizerHelper, torch.optim.IMomentum
{
    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0,
        double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0,
        double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        RequireNonNegative(lr, nameof(lr));
        RequireNonNegative(momentum, nameof(momentum));
        RequireNonNegative(weight_decay, nameof(weight_decay));
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening.", nameof(nesterov));
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
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
            IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
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
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, momentum);
            Write(writer, dampening);
            Write(writer, weight_decay);
            Write(writer, nesterov);
            Write(writer, maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = ReadDouble(reader);
            dampening = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
            nesterov = ReadBoolean(reader);
            maximize = ReadBoolean(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            momentum = from.momentum;
            dampening = from.dampening;
            weight_decay = from.weight_decay;
            nesterov = from.nesterov;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            momentum ??= from.momentum;
            dampening ??= from.dampening;
            weight_decay ??= from.weight_decay;
            nesterov ??= from.nesterov;
            maximize ??= from.maximize;
        }

        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.SGD,
            Rate = LearningRate.Value,
            Maximize = Flag(maximize),
            Nesterov = Flag(nesterov),
            Decay = weight_decay.Value,
            Alpha = momentum.Value,
            Beta = dampening.Value,
        };
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public torch.Tensor momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            // The first step with momentum makes it: PyTorch's buffer starts as the first gradient, not as zero.
            momentum_buffer = null;
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            SaveConditionalStateTensor(writer, momentum_buffer);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            Load(reader, ref momentum_buffer);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            Copy(from.momentum_buffer, ref momentum_buffer);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            Close(momentum_buffer, state.momentum_buffer);

        public override void to(torch.Device device)
        {
            Move(ref momentum_buffer, device);
        }

        public void Dispose()
        {
            momentum_buffer?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.First = HandleOf(momentum_buffer);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            Adopt(ref momentum_buffer, slot.First);
        }
    }
}
