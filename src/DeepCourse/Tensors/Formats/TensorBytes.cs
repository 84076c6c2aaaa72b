namespace DeepCourse.Tensors.Formats;

/// <summary>Moves the bytes of tensors to and from streams without an array in between.</summary>
internal static class TensorBytes
{
    // A span holds at most 2^31 - 1 elements; larger tensors go piece by piece.
    private const long LargestPiece = 1L << 30;

    /// <summary>The number of bytes of one element.</summary>
    public static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a plain element type."),
    };

    /// <summary>Makes a CPU tensor of bytes that are read from the stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static Tensor Read(Stream stream, long[] shape, ScalarType type, long largestPiece = LargestPiece)
    {
        var tensor = torch.empty(shape, dtype: type);
        try
        {
            ForEachPiece(tensor, largestPiece / SizeOf(type), piece => stream.ReadExactly(piece.bytes));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Writes the elements in row-major order.</summary>
    public static void Write(Stream stream, Tensor tensor, long largestPiece = LargestPiece)
    {
        using var scope = torch.NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        ForEachPiece(plain, largestPiece / SizeOf(tensor.dtype), piece => stream.Write(piece.bytes));
    }

    private static void ForEachPiece(Tensor tensor, long step, Action<Tensor> act)
    {
        var count = tensor.NumberOfElements;
        if (count == 0) return;
        if (count <= step)
        {
            act(tensor);
            return;
        }
        using var flat = tensor.view(-1);
        for (var start = 0L; start < count; start += step)
        {
            using var piece = flat.narrow(0, start, Math.Min(step, count - start));
            act(piece);
        }
    }
}
