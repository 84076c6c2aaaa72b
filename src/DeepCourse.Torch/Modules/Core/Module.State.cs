namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// Parameters and persistent buffers by dotted name, in PyTorch's order: own parameters, own buffers,
            /// then each child. The tensors are the module's own, not copies.
            /// </summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string Key(string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";
                foreach (var (name, parameter) in _internal_params) destination.TryAdd(Key(name), parameter);
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                {
                    if (persistent) destination.TryAdd(Key(name), buffer);
                }
                foreach (var (name, child) in _internal_submodules) child.state_dict(destination, Key(name));
                return destination;
            }

            /// <summary>Copies values into this module's own tensors.</summary>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                bool Wanted(string key) => skip is null || !skip.Contains(key);
                List<string> missing = [.. own.Keys.Where(key => Wanted(key) && !source.ContainsKey(key))];
                List<string> unexpected = [.. source.Keys.Where(key => Wanted(key) && !own.ContainsKey(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}. Missing: {Listed(missing)}. "
                        + $"Unexpected: {Listed(unexpected)}.");
                }
                var shared = source.Keys.Where(key => Wanted(key) && own.ContainsKey(key)).ToList();
                RejectMisshapen(shared, own, source);
                using var quiet = no_grad();
                foreach (var key in shared) own[key].copy_(source[key]);
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the number of entries, then each key followed by its tensor.</summary>
            public static void save_state_dict(
                BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                foreach (var key in own.Keys) loadedParameters?.TryAdd(key, false);
                var count = reader.Read7BitEncodedInt64();
                var expected = own.Keys.Count(key => skip is null || !skip.Contains(key));
                if (strict && count < expected)
                    throw new ArgumentException($"{GetName()} has {expected} tensors, the file only {count}.");
                using var quiet = no_grad();
                for (var entry = 0L; entry < count; entry++)
                {
                    var key = reader.ReadString();
                    var known = own.TryGetValue(key, out var target);
                    if (strict && !known && (skip is null || !skip.Contains(key)))
                        throw new ArgumentException($"{GetName()} has no parameter or buffer named '{key}'.");
                    var ignored = !known || skip?.Contains(key) == true;
                    if (ignored) TensorExtensionMethods.Load(reader, skip: true);
                    else target!.Load(reader);
                    if (loadedParameters is not null) loadedParameters[key] = !ignored;
                }
                return this;
            }

            private static void RejectMisshapen(
                List<string> keys, Dictionary<string, Tensor> own, Dictionary<string, Tensor> source)
            {
                var wrong = keys.Where(key => !own[key].shape.AsSpan().SequenceEqual(source[key].shape)).ToList();
                if (wrong.Count == 0) return;
                throw new InvalidOperationException("Shapes differ: " + string.Join("; ", wrong.Select(
                    key => $"{key} is {Shape(own[key])}, given {Shape(source[key])}")) + ".");
            }

            private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

            private static string Listed(List<string> keys) => keys.Count == 0 ? "none" : string.Join(", ", keys);
        }
    }
}
