// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Rprop: steps that follow only the sign of the gradient (Riedmiller and Braun 1993).</summary>
public class Rprop : OptimizerHelper
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

    public class Options : OptimizerOptions
    {
        public double? etaminus;
        public double? etaplus;
        public double? min_step;
        public double? max_step;
        public bool? maximize;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, etaminus);
            Write(writer, etaplus);
            Write(writer, min_step);
            Write(writer, max_step);
            Write(writer, maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            etaminus = ReadDouble(reader);
            etaplus = ReadDouble(reader);
            min_step = ReadDouble(reader);
            max_step = ReadDouble(reader);
            maximize = ReadBoolean(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            etaminus = from.etaminus;
            etaplus = from.etaplus;
            min_step = from.min_step;
            max_step = from.max_step;
            maximize = from.maximize;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            etaminus ??= from.etaminus;
            etaplus ??= from.etaplus;
            min_step ??= from.min_step;
            max_step ??= from.max_step;
            maximize ??= from.maximize;
        }

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

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor prev;
        public torch.Tensor step_size;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            prev = Zeros();
            step_size = Filled(options.LearningRate.Value);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            SaveConditionalStateTensor(writer, prev);
            SaveConditionalStateTensor(writer, step_size);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref prev);
            Load(reader, ref step_size);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Copy(from.prev, ref prev);
            Copy(from.step_size, ref step_size);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Close(prev, state.prev) &&
            Close(step_size, state.step_size);

        public override void to(torch.Device device)
        {
            Move(ref prev, device);
            Move(ref step_size, device);
        }

        public void Dispose()
        {
            prev?.Dispose();
            step_size?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.First = HandleOf(prev);
            slot.Second = HandleOf(step_size);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            Adopt(ref prev, slot.First);
            Adopt(ref step_size, slot.Second);
        }
    }
}
