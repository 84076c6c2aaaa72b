// The types of this API say nothing about null.
#nullable disable

using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        public interface IMomentum
        {
            double Momentum { get; set; }
        }

        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }

        /// <summary>Changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            protected IList<ParamGroup> _parameter_groups;

            // The handle belongs to optimizers that live in native code; ours keep their state in tensors here.
            protected Optimizer(IntPtr handle) => _parameter_groups = [];

            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            public virtual void add_param_group(ParamGroup param_group) => _parameter_groups.Add(param_group);

            /// <summary>Makes one step. The closure, where the algorithm needs or gets one, computes loss and gradients.</summary>
            public virtual Tensor step(Func<Tensor> closure = null) =>
                throw new NotSupportedException($"{GetType().Name} does not say how to step.");

            /// <summary>Lets go of all gradients: a parameter that the next backward does not reach has none.</summary>
            public virtual void zero_grad() => TorchSharp.Interop.GradientCalls.Clear(parameters());

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
            }

            public delegate IntPtr LossClosure();

            /// <summary>Everything an optimizer knows: per group its options and the places of its states in State.</summary>
            public class StateDictionary
            {
                internal StateDictionary()
                {
                }

                public List<OptimizerOptions> Options { get; } = [];

                public List<OptimizerState> State { get; } = [];

                public List<List<int>> StateIndexRef { get; } = [];
            }
        }
    }
}
