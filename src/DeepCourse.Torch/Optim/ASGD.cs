// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Averaged stochastic gradient descent (Polyak and Juditsky 1992).</summary>
public class ASGD : OptimizerHelper
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

    public override torch.Tensor step(Func<torch.Tensor> closure = null) =>
        _step<ParamGroup<Options>>(group => Step(group, group.Options.Rule()), closure);

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        base.add_param_group(param_group);
        Join(param_group, () => new Options(), parameter => new State(parameter));
    }

    protected override void Dispose(bool disposing) => base.Dispose(disposing);

    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

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

    public class Options : OptimizerOptions
    {
        public double? lambd;
        public double? alpha;
        public double? t0;
        public double? weight_decay;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, lambd);
            Write(writer, alpha);
            Write(writer, t0);
            Write(writer, weight_decay);
            Write(writer, maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            lambd = ReadDouble(reader);
            alpha = ReadDouble(reader);
            t0 = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
            maximize = ReadBoolean(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            lambd = from.lambd;
            alpha = from.alpha;
            t0 = from.t0;
            weight_decay = from.weight_decay;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            lambd ??= from.lambd;
            alpha ??= from.alpha;
            t0 ??= from.t0;
            weight_decay ??= from.weight_decay;
            maximize ??= from.maximize;
        }

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

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public double eta;
        public double mu;
        public torch.Tensor ax;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            eta = options.LearningRate.Value;
            mu = 1;
            ax = Zeros();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            writer.Write(eta);
            writer.Write(mu);
            SaveConditionalStateTensor(writer, ax);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            eta = reader.ReadDouble();
            mu = reader.ReadDouble();
            Load(reader, ref ax);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            eta = from.eta;
            mu = from.mu;
            Copy(from.ax, ref ax);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Near(eta, state.eta) &&
            Near(mu, state.mu) &&
            Close(ax, state.ax);

        public override void to(torch.Device device)
        {
            Move(ref ax, device);
        }

        public void Dispose()
        {
            ax?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.Number = eta;
            slot.Other = mu;
            slot.First = HandleOf(ax);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            eta = slot.Number;
            mu = slot.Other;
            Adopt(ref ax, slot.First);
        }
    }
}
