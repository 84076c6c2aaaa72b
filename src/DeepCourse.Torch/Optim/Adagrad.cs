// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Adagrad (Duchi, Hazan and Singer 2011).</summary>
public class Adagrad : OptimizerHelper
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

    public class Options : OptimizerOptions
    {
        public double? lr_decay;
        public double? weight_decay;
        public double? initial_accumulator_value;
        public double? eps;

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, lr_decay);
            Write(writer, weight_decay);
            Write(writer, initial_accumulator_value);
            Write(writer, eps);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            lr_decay = ReadDouble(reader);
            weight_decay = ReadDouble(reader);
            initial_accumulator_value = ReadDouble(reader);
            eps = ReadDouble(reader);
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var from = (Options)source;
            lr_decay = from.lr_decay;
            weight_decay = from.weight_decay;
            initial_accumulator_value = from.initial_accumulator_value;
            eps = from.eps;
        }

        internal override void Complete(OptimizerOptions defaults)
        {
            base.Complete(defaults);
            var from = (Options)defaults;
            lr_decay ??= from.lr_decay;
            weight_decay ??= from.weight_decay;
            initial_accumulator_value ??= from.initial_accumulator_value;
            eps ??= from.eps;
        }

        internal OptimizerRule Rule() => new()
        {
            Algorithm = OptimizerAlgorithm.Adagrad,
            Rate = LearningRate.Value,
            Decay = weight_decay.Value,
            Epsilon = eps.Value,
            Alpha = lr_decay.Value,
        };
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public torch.Tensor sum;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            step = 0;
            sum = Filled(((Options)options).initial_accumulator_value.GetValueOrDefault());
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            SaveConditionalStateTensor(writer, sum);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref sum);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var from = (State)source;
            step = from.step;
            Copy(from.sum, ref sum);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state &&
            step == state.step &&
            Close(sum, state.sum);

        public override void to(torch.Device device)
        {
            Move(ref sum, device);
        }

        public void Dispose()
        {
            sum?.Dispose();
        }

        internal override void Export(ref OptimizerSlot slot)
        {
            slot.Step = step;
            slot.First = HandleOf(sum);
        }

        internal override void Import(in OptimizerSlot slot)
        {
            step = slot.Step;
            Adopt(ref sum, slot.First);
        }
    }
}
