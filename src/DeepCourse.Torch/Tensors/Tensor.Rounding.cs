using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Whole numbers refuse to be rounded to decimals, even to none.
        public Tensor round(long decimals = 0) => decimals == 0 ? Aten.round(this) : Aten.round_decimals(this, decimals);

        public Tensor round_(long decimals = 0) => decimals == 0 ? Aten.round_(this) : Aten.round__decimals(this, decimals);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims == null ? Aten.count_nonzero(this) : Aten.count_nonzero_dim_IntList(this, dims);

        // As Python's torch divides a number by a tensor.
        public static Tensor operator /(Scalar left, Tensor right)
        {
            using var reciprocal = Aten.reciprocal(right);
            return Aten.mul_Scalar(reciprocal, left);
        }

        public static Tensor operator /(int left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(long left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(float left, Tensor right) => (Scalar)left / right;

        public static Tensor operator /(double left, Tensor right) => (Scalar)left / right;
    }

    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);
}
