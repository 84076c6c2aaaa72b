// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Adadelta (Zeiler 2012).</summary>
public class Adadelta : OptimizerHelper
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

    public class Options : OptimizerOptions
    {
        public double? rho;
        public double? eps;
        public double? weight_decay;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, rho);
            Write(writer, eps);
            Write(writer, weight_decay);
            Write(writer, maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            rho = ReadDouble(reader);
            eps = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
            maximize = ReadBoolean(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            rho = from.rho;
            eps = from.eps;
            weight_decay = from.weight_decay;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            rho ??= from.rho;
            eps ??= from.eps;
            weight_decay ??= from.weight_decay;
            maximize ??= from.maximize;
        }

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

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor square_avg;
        public torch.Tensor acc_delta;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            square_avg = Zeros();
            acc_delta = Zeros();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            SaveConditionalStateTensor(writer, square_avg);
            SaveConditionalStateTensor(writer, acc_delta);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref square_avg);
            Load(reader, ref acc_delta);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Copy(from.square_avg, ref square_avg);
            Copy(from.acc_delta, ref acc_delta);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Close(square_avg, state.square_avg) &&
            Close(acc_delta, state.acc_delta);

        public override void to(torch.Device device)
        {
            Move(ref square_avg, device);
            Move(ref acc_delta, device);
        }

        public void Dispose()
        {
            square_avg?.Dispose();
            acc_delta?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.First = HandleOf(square_avg);
            slot.Second = HandleOf(acc_delta);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            Adopt(ref square_avg, slot.First);
            Adopt(ref acc_delta, slot.Second);
        }
    }
}
