namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Starting values for parameters. Draws the same random numbers as PyTorch does.</summary>
        public static partial class init
        {
            /// <summary>Whether variance is kept on the way forward or on the way back.</summary>
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            /// <summary>What follows the layer, and so how much variance is lost.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator generator = null!)
            {
                using var quiet = no_grad();
                return tensor.uniform_(low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator generator = null!)
            {
                using var quiet = no_grad();
                return tensor.normal_(mean, std, generator);
            }

            /// <summary>A normal distribution cut off at a and b, by inverting its distribution function.</summary>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2,
                Generator generator = null!)
            {
                using var quiet = no_grad();
                var low = NormalDistribution((a - mean) / std);
                var high = NormalDistribution((b - mean) / std);
                tensor.uniform_(2 * low - 1, 2 * high - 1, generator);
                tensor.erfinv_();
                tensor.mul_(std * Math.Sqrt(2));
                tensor.add_(mean);
                return tensor.clamp_((Scalar)a, (Scalar)b);
            }

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var quiet = no_grad();
                return tensor.fill_(val);
            }

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1.0);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0.0);

            // The share of a normal distribution below x deviations.
            private static double NormalDistribution(double x)
            {
                using var argument = torch.tensor(x / Math.Sqrt(2), ScalarType.Float64);
                using var value = argument.erf();
                return (1 + value.item<double>()) / 2;
            }
        }
    }
}
