// Null stands for "none" in these lists without saying so in the types, as in the API this mirrors.
#nullable disable

using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Differentiation of what was recorded.</summary>
    public static partial class autograd
    {
        /// <summary>The gradients of outputs with respect to inputs, without touching anybody's grad.</summary>
        /// <returns>One tensor per input; null for one that no output depends on, where allow_unused permits that.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor> grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            var from = Handles(outputs);
            var to = Handles(inputs);
            var gradients = Handles(grad_outputs);
            var results = new IntPtr[to.Length];
            long fault = 0;
            int status;
            // A graph that is differentiated again must be kept, as PyTorch's default for retain_graph says.
            var retain = retain_graph || create_graph;
            fixed (IntPtr* fromStart = from, toStart = to, gradientStart = gradients, resultStart = results)
                status = NativeMethods.dct_grad(
                    fromStart, from.Length, toStart, to.Length, gradientStart, gradients.Length, retain ? 1 : 0,
                    create_graph ? 1 : 0, allow_unused ? 1 : 0, resultStart, &fault);
            KeepAlive(outputs, inputs, grad_outputs);
            ManagedFaults.Check(status, fault);
            return Array.ConvertAll(results, Tensor.Wrap);
        }

        /// <summary>Adds the gradients of tensors to the grad of every leaf they depend on, or of inputs only.</summary>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor> inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            if (inputs is { Count: 0 }) throw new ArgumentException("'inputs' argument to backward cannot be empty.", nameof(inputs));
            Run(Handles(tensors), Handles(grad_tensors), retain_graph, create_graph, Handles(inputs));
            KeepAlive(tensors, grad_tensors, inputs);
        }

        public static void backward(
            Tensor tensor, IList<Tensor> grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor> inputs = null) =>
            backward([tensor], grad_tensor is null ? null : [grad_tensor], retain_graph, create_graph, inputs);

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static unsafe void Run(
            ReadOnlySpan<IntPtr> tensors, ReadOnlySpan<IntPtr> gradients, bool? retain, bool create, ReadOnlySpan<IntPtr> inputs)
        {
            long fault = 0;
            int status;
            fixed (IntPtr* start = tensors, gradientStart = gradients, inputStart = inputs)
                status = NativeMethods.dct_backward(
                    start, tensors.Length, gradientStart, gradients.Length,
                    retain is { } keep ? (keep ? 1 : 0) : -1, create ? 1 : 0, inputStart, inputs.Length, &fault);
            ManagedFaults.Check(status, fault);
        }

        /// <summary>The common case, loss.backward(), without a list in sight.</summary>
        internal static void Backward(Tensor loss)
        {
            Run([loss.Handle], [], null, false, []);
            GC.KeepAlive(loss);
        }

        internal static IntPtr[] Handles(IList<Tensor> tensors)
        {
            if (tensors is null) return [];
            var handles = new IntPtr[tensors.Count];
            for (var i = 0; i < handles.Length; i++) handles[i] = tensors[i]?.Handle ?? IntPtr.Zero;
            return handles;
        }

        private static void KeepAlive(object first, object second, object third)
        {
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
        }
    }
}
