using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool _componentsRegistered;

            /// <summary>
            /// Registers what the fields of this object hold. Safe to call again: only new components are added, so a
            /// base class and its heir may both call it at the end of their constructors.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                _componentsRegistered = true;
                foreach (var (component, value) in ComponentFields.Of(GetType()).ValuesIn(this))
                {
                    switch (value)
                    {
                        case Module child when !IsRegistered(_internal_submodules, component, child):
                            register_module(component, child);
                            break;
                        case Parameter parameter when !IsRegistered(_internal_params, component, parameter):
                            register_parameter(component, parameter);
                            break;
                        case Modules.Parameter or Module:
                            break;
                        case Tensor buffer when !HoldsBuffer(component, buffer):
                            register_buffer(component, buffer);
                            break;
                    }
                }
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                RejectTaken(_internal_params.ContainsKey(name), "Parameter", name);
                param.DetachFromDisposeScope();
                _internal_params.Add(name, param);
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                RejectTaken(_internal_buffers.ContainsKey(name), "Tensor", name);
                tensor.DetachFromDisposeScope();
                _internal_buffers.Add(name, (tensor, persistent));
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (name.Contains('.'))
                    throw new ArgumentException($"A module name cannot contain '.', as '{name}' does.", nameof(name));
                RejectTaken(_internal_submodules.ContainsKey(name), "Sub-module", name);
                // Only for a module that forgot to: what its fields hold since then are results, not components.
                if (!submodule._componentsRegistered) submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            protected void ClearModules() => _internal_submodules.Clear();

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else _internal_params[name] = value.Kept();
            }

            protected void ConditionallyRegisterParameter(string name, Tensor value) =>
                ConditionallyRegisterParameter(
                    name, value is null ? null : value as Parameter ?? new Parameter(value));

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _internal_buffers.Remove(name);
                    return;
                }
                value.DetachFromDisposeScope();
                _internal_buffers[name] = (value, persistent);
            }

            private static bool IsRegistered<T>(Utils.OrderedDict<string, T> known, string name, T value)
                where T : class => known.TryGetValue(name, out var current) && ReferenceEquals(current, value);

            private bool HoldsBuffer(string name, Tensor buffer) =>
                _internal_buffers.TryGetValue(name, out var known) && ReferenceEquals(known.Item1, buffer);

            private static void RejectTaken(bool taken, string kind, string name)
            {
                if (taken) throw new InvalidOperationException($"{kind} '{name}' is already registered.");
            }
        }
    }
}
