using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static LocalResponseNorm LocalResponseNorm(
            long size, double alpha = 0.0001, double beta = 0.75, double k = 1) =>
            new(size, alpha, beta, k);
    }
}
