using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            // The last axes of this one against the first axes of the other.
            var axes = Enumerable.Range(0, (int)dims).Select(i => (long)i).ToArray();
            return Aten.tensordot(this, b, [.. axes.Select(i => i - dims)], axes);
        }

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            Aten.tensordot(this, b, [.. dims.Select(d => d.Item1)], [.. dims.Select(d => d.Item2)]);
    }

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.tensordot(b, dims);

    public static (Tensor A_LU, Tensor? pivots, Tensor? infos) lu(Tensor A, bool pivot = true, bool get_infos = false)
    {
        var (factors, pivots, infos) = Aten.linalg_lu_factor_ex(A, pivot);
        if (get_infos) return (factors, pivots, infos);
        infos.Dispose();
        return (factors, pivots, null);
    }
}
