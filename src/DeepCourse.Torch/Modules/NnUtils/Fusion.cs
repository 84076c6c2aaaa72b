using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>A convolution that does what the given one and the batch norm after it do together.</summary>
            public static (Parameter weight, Parameter bias) fuse_conv_bn_weights(
                Tensor conv_w, Tensor? conv_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor? bn_w, Tensor? bn_b,
                bool transpose = false)
            {
                var shape = new long[conv_w.ndim];
                Array.Fill(shape, 1);
                shape[transpose ? 1 : 0] = -1;
                return Fused(conv_w, conv_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, shape);
            }

            public static (Parameter weight, Parameter bias) fuse_linear_bn_weights(
                Tensor linear_w, Tensor? linear_b, Tensor bn_rm, Tensor bn_rv, double bn_eps, Tensor bn_w,
                Tensor bn_b) => Fused(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b, [-1, 1]);

            /// <summary>A linear layer that does what the given one and the batch norm after it do.</summary>
            public static Linear fuse_linear_bn_eval(Linear linear, BatchNorm bn)
            {
                if (linear.training || bn.training)
                    throw new InvalidOperationException("Only layers in evaluation mode can be fused.");
                if (bn.running_mean is not { } mean || bn.running_var is not { } variance)
                    throw new InvalidOperationException("A batch norm without running statistics cannot be fused.");
                var (weight, bias) = Fused(
                    linear.weight, linear.bias, mean, variance, bn.eps, bn.weight, bn.bias, [-1, 1]);
                var fused = Linear(weight, bias);
                fused.eval();
                return fused;
            }

            private static (Parameter weight, Parameter bias) Fused(
                Tensor weight, Tensor? bias, Tensor mean, Tensor variance, double eps, Tensor? scale, Tensor? shift,
                long[] perOutput)
            {
                using var quiet = no_grad();
                using var scope = NewDisposeScope();
                var factor = (variance + eps).rsqrt();
                if (scale is not null) factor = factor * scale;
                var offset = (bias is null ? mean.neg() : bias - mean) * factor;
                if (shift is not null) offset = offset + shift;
                return (new Parameter(weight * factor.reshape(perOutput)).Kept(), new Parameter(offset).Kept());
            }
        }
    }
}
