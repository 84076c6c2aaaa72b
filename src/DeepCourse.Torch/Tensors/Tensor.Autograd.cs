using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get
            {
                var result = NativeMethods.dct_tensor_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
            set
            {
                Errors.Check(NativeMethods.dct_tensor_set_requires_grad(Handle, value ? (byte)1 : (byte)0));
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>The gradient, or null before the first backward. Each reading makes a new wrapper of the same memory.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                IntPtr result;
                Errors.Check(NativeMethods.dct_tensor_grad(Handle, &result));
                GC.KeepAlive(this);
                return Wrap(result);
            }
            set
            {
                Errors.Check(NativeMethods.dct_tensor_set_grad(Handle, value?.Handle ?? IntPtr.Zero));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public void retain_grad()
        {
            Errors.Check(NativeMethods.dct_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.Backward(this);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors!, retain_graph, create_graph, inputs!);
    }
}
