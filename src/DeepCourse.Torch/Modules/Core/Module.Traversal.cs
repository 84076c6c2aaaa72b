using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                // A tied parameter belongs to several modules and is listed once.
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var (parameterName, parameter) in _internal_params)
                {
                    if (seen.Add(parameter)) yield return (parameterName, parameter);
                }
                if (!recurse) yield break;
                foreach (var (childName, child) in _internal_submodules)
                {
                    foreach (var (parameterName, parameter) in child.named_parameters())
                    {
                        if (seen.Add(parameter)) yield return ($"{childName}.{parameterName}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => _parameters(recurse);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (bufferName, (buffer, persistent)) in _internal_buffers)
                {
                    if ((persistent || include_nonpersistent) && seen.Add(buffer)) yield return (bufferName, buffer);
                }
                if (!recurse) yield break;
                foreach (var (childName, child) in _internal_submodules)
                {
                    foreach (var (bufferName, buffer) in child.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer)) yield return ($"{childName}.{bufferName}", buffer);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _internal_submodules.Snapshot();

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            /// <summary>All modules below this one with their dotted names, parents before their children.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (childName, child) in named_children())
                {
                    yield return (childName, child);
                    foreach (var (name, module) in child.named_modules()) yield return ($"{childName}.{name}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) => Owner(target, out var leaf) is { } owner
                && owner._internal_params.TryGetValue(leaf, out var parameter) ? parameter : null;

            public virtual Tensor? get_buffer(string target) => Owner(target, out var leaf) is { } owner
                && owner._internal_buffers.TryGetValue(leaf, out var buffer) ? buffer.Item1 : null;

            protected virtual Parameter[] _parameters(bool recurse = true) =>
                [.. named_parameters(recurse).Select(entry => entry.parameter)];

            protected virtual (string name, Parameter parameter)[] _named_parameters() => [.. named_parameters()];

            protected virtual (string name, Tensor buffer)[] _named_buffers() => [.. named_buffers()];

            private Module? Owner(string target, out string leaf)
            {
                var path = target.Split('.');
                leaf = path[^1];
                var owner = this;
                foreach (var step in path.AsSpan(0, path.Length - 1))
                {
                    if (!owner._internal_submodules.TryGetValue(step, out owner)) return null;
                }
                return owner;
            }
        }
    }
}
