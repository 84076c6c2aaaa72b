using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A node in a tree of named parameters, buffers and submodules. Names follow the fields that hold the
        /// components, so that state dictionaries carry the same keys as PyTorch's.
        /// </summary>
        public partial class Module : IDisposable
        {
            protected string? name;
            protected OrderedDict<string, Parameter> _internal_params = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            private bool _training = true;
            private bool _disposed;

            protected Module(string name) => this.name = name;

            /// <summary>Whether somebody is called before or after its forward pass.</summary>
            internal virtual bool HasHooks => false;

            public virtual bool training => _training;

            public virtual string GetName() => name ?? GetType().Name;

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, child) in _internal_submodules) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, child) in _internal_submodules) child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, child) in _internal_submodules) child.Dispose();
                foreach (var (_, parameter) in _internal_params) parameter.Dispose();
                foreach (var (_, (buffer, _)) in _internal_buffers) buffer.Dispose();
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(
                Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());
        }
    }
}
