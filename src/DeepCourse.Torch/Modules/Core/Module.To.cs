using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                RequireAvailable(device.type);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                RequireAvailable(deviceType);
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireFloating(dtype);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.device_type, other.device_index, non_blocking);
                return _to(other.dtype, non_blocking);
            }

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) =>
                _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>
            /// Moves or converts the whole tree below this module. Parameters that change are replaced by new
            /// Parameter objects and the old ones disposed, so optimizers must be made afterwards.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                using var move = ModuleMove.Enter(dtype, device, non_blocking);
                foreach (var (_, child) in _internal_submodules) Move(child, dtype, device, non_blocking);
                var fields = ComponentFields.Of(GetType());
                foreach (var (name, parameter) in _internal_params.Snapshot())
                {
                    if (move.Replacement(parameter) is not { } replacement) continue;
                    _internal_params[name] = replacement;
                    fields.Replace(this, name, parameter, replacement);
                }
                foreach (var (name, (buffer, persistent)) in _internal_buffers.Snapshot())
                {
                    if (move.Replacement(buffer) is not { } replacement) continue;
                    _internal_buffers[name] = (replacement, persistent);
                    fields.Replace(this, name, buffer, replacement);
                }
                if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
                Moved();
            }

            /// <summary>Its own tensors have been moved or converted: what depends on where they lie is to be redone.</summary>
            private protected virtual void Moved()
            {
            }

            protected static bool ReplaceParameter(
                ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                using var move = ModuleMove.Enter(dtype, device, non_blocking: false);
                p = move.Replacement(param);
                return p is not null;
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                using var move = ModuleMove.Enter(dtype, device, non_blocking: false);
                result = move.Replacement(buffer);
                return result is not null;
            }

            // Through the child's own _to, which it may have overridden.
            private static void Move(Module child, ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is null) child._to(dtype!.Value, non_blocking);
                else if (dtype is null) child._to(device.type, device.index, non_blocking);
                else child._to(device, dtype.Value, non_blocking);
            }

            private static void RequireFloating(ScalarType dtype)
            {
                if (!ModuleMove.Converts(dtype))
                    throw new ArgumentException($"A module can only become a floating point type, not {dtype}.");
            }

            private static void RequireAvailable(DeviceType type)
            {
                if (type == DeviceType.CUDA && !cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
            }
        }
    }
}
