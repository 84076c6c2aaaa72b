using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>What one call of a function keeps from forward for its backward.</summary>
        public unsafe class AutogradContext : IDisposable
        {
            private readonly Dictionary<string, object> _data = [];
            private IntPtr _native;

            internal AutogradContext()
            {
            }

            /// <summary>Whether gradients that nothing has flowed into come as zeros, or as null.</summary>
            public bool MaterializeGrads { get; private set; } = true;

            /// <summary>The native context is there only while forward or backward runs.</summary>
            internal IntPtr Native
            {
                get => _native != IntPtr.Zero
                    ? _native
                    : throw new InvalidOperationException("The context is usable only inside forward and backward.");
                set => _native = value;
            }

            /// <summary>Inputs or results that backward needs; autograd notices when they are changed in between.</summary>
            public void save_for_backward(List<Tensor> tensors)
            {
                fixed (IntPtr* start = Handles(tensors))
                    Errors.Check(NativeMethods.dct_context_save(Native, start, tensors.Count));
                GC.KeepAlive(tensors);
            }

            public List<Tensor> get_saved_variables()
            {
                var saved = new List<Tensor>();
                var sink = GCHandle.Alloc(saved);
                try
                {
                    Errors.Check(NativeMethods.dct_context_saved(Native, GCHandle.ToIntPtr(sink), &FunctionCalls.Collect));
                }
                finally
                {
                    sink.Free();
                }
                return saved;
            }

            /// <summary>Inputs that forward has changed in place.</summary>
            public void mark_dirty(List<Tensor> tensors) => Mark(tensors, 0);

            public void mark_non_differentiable(List<Tensor> tensors) => Mark(tensors, 1);

            public void set_materialize_grads(bool value)
            {
                Errors.Check(NativeMethods.dct_context_materialize(Native, value ? 1 : 0));
                MaterializeGrads = value;
            }

            /// <summary>Anything that is no tensor.</summary>
            public void save_data(string key, object value) => _data[key] = value;

            public object get_data(string key) => _data[key];

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            // The graph owns the native side; only what was saved by name is let go here.
            protected virtual void Dispose(bool disposing) => _data.Clear();

            private void Mark(List<Tensor> tensors, int role)
            {
                fixed (IntPtr* start = Handles(tensors))
                    Errors.Check(NativeMethods.dct_context_mark(Native, start, tensors.Count, role));
                GC.KeepAlive(tensors);
            }
        }
    }
}
