using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>
        /// An operation with a derivative of its own. Extending: derive from SingleTensorFunction or
        /// MultiTensorFunction; forward runs unrecorded, backward returns one gradient per argument of forward, null
        /// for those that have none. One instance serves each call.
        /// </summary>
        public abstract class Function<T> where T : Function<T>, new()
        {
            protected Function()
            {
            }

            public abstract string Name { get; }

            public static List<Tensor> apply_internal(params object[] vars)
            {
                var function = new T();
                return FunctionCalls.Apply(new FunctionCall(vars, function.Forward, function.Backward));
            }

            internal abstract List<Tensor> Forward(AutogradContext context, object[] arguments);

            internal abstract List<Tensor> Backward(AutogradContext context, List<Tensor> gradients);
        }

        public abstract class SingleTensorFunction<T> : Function<T> where T : SingleTensorFunction<T>, new()
        {
            protected SingleTensorFunction()
            {
            }

            public static Tensor apply(params object[] vars) => apply_internal(vars)[0];

            public abstract Tensor forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, Tensor grad_output);

            internal override List<Tensor> Forward(AutogradContext context, object[] arguments) => [forward(context, arguments)];

            internal override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients[0]);
        }

        public abstract class MultiTensorFunction<T> : Function<T> where T : MultiTensorFunction<T>, new()
        {
            protected MultiTensorFunction()
            {
            }

            public static List<Tensor> apply(params object[] vars) => apply_internal(vars);

            public abstract List<Tensor> forward(AutogradContext ctx, params object[] vars);

            public abstract List<Tensor> backward(AutogradContext ctx, List<Tensor> grad_outputs);

            internal override List<Tensor> Forward(AutogradContext context, object[] arguments) => forward(context, arguments);

            internal override List<Tensor> Backward(AutogradContext context, List<Tensor> gradients) => backward(context, gradients);
        }
    }
}
