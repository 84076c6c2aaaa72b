using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients down together until their common norm is at most the given one.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2) =>
                GradientCalls.Clip(tensors, max_norm, norm_type);

            /// <summary>Limits every gradient element to [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in GradientsOf(tensors))
                    gradient.clamp_((Scalar)(-clip_value), (Scalar)clip_value);
            }

            /// <summary>All parameters end to end in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(parameter => parameter.reshape(-1))], 0).MoveToOuterDisposeScope();
            }

            /// <summary>Copies the pieces of a vector back to the parameters it was made of.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                var position = 0L;
                foreach (var parameter in tensors)
                {
                    var count = parameter.numel();
                    parameter.copy_(vec.narrow(0, position, count).view_as(parameter));
                    position += count;
                }
            }

            private static Tensor[] GradientsOf(IEnumerable<Parameter> parameters)
            {
                var gradients = new List<Tensor>();
                foreach (var parameter in parameters)
                {
                    if (parameter.grad is { } gradient) gradients.Add(gradient);
                }
                return [.. gradients];
            }
        }
    }
}
