using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Aten.numpy_T(this);

        public Tensor H => Aten.matrix_H(this);

        public Tensor mT => Aten.mT(this);

        public Tensor mH => Aten.mH(this);

        public Tensor real => Aten.real(this);

        public Tensor imag => Aten.imag(this);

        public Tensor SparseIndices => Aten._indices(this);

        public Tensor SparseValues => Aten._values(this);

        public Tensor squeeze(long? dim = null) => dim is { } axis ? Aten.squeeze_dim(this, axis) : Aten.squeeze(this);

        public Tensor squeeze_(long? dim = null) => dim is { } axis ? Aten.squeeze__dim(this, axis) : Aten.squeeze_(this);
    }

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    public static Size broadcast_shapes(params long[][] shapes)
    {
        var result = new long[shapes.Length == 0 ? 0 : shapes.Max(s => s.Length)];
        Array.Fill(result, 1);
        foreach (var shape in shapes)
        {
            for (var back = 1; back <= shape.Length; back++)
            {
                ref var length = ref result[^back];
                if (shape[^back] != 1 && length != 1 && shape[^back] != length)
                    throw new ArgumentException($"Lengths {length} and {shape[^back]} do not broadcast.", nameof(shapes));
                if (shape[^back] != 1) length = shape[^back];
            }
        }

        return new Size(result);
    }
}
