namespace DeepCourse.Torch.Generator;

/// <summary>The ways in which torch.tensor and torch.as_tensor take numbers; TorchSharp has not every way for every type.</summary>
[Flags]
internal enum TensorForms
{
    /// <summary>One number, kept in its own type: there is no dtype to give.</summary>
    Scalar = 1,
    TypedScalar = 1 << 1,
    Array = 1 << 2,
    ShapedArray = 1 << 3,
    Grids = 1 << 4,
    List = 1 << 5,
    ShapedList = 1 << 6,
    ListOfRows = 1 << 7,
    ListOfThree = 1 << 8,
    ListOfFour = 1 << 9,
    Memory = 1 << 10,
    AsTensor = 1 << 11,

    Arrays = Array | ShapedArray | Grids,
    Lists = List | ShapedList | ListOfRows | ListOfThree | ListOfFour,
    All = Arrays | Lists | Memory | AsTensor,
}

/// <summary>One overload: {T} stands for the element type as declared, {E} for the type itself, {array} for the parameter.</summary>
/// <param name="Needs">The form that an element type must have to get this overload.</param>
/// <param name="Call">The call behind it, up to the arguments that <paramref name="Options"/> give.</param>
internal sealed record TensorForm(TensorForms Needs, string Method, string Parameters, string Call, string Options)
{
    private const string Kept = "Device? device = null, bool requires_grad = false";
    private const string Typed = "ScalarType? dtype = null, " + Kept;
    private const string Named = Typed + ", string[]? names = null";
    private const string Converted = "ScalarType? dtype = null, Device? device = null";

    private const string Four = "long dim0, long dim1, long dim2, long dim3";

    /// <summary>The overloads of every element type, in the order in which they are written.</summary>
    public static IReadOnlyList<TensorForm> All { get; } =
    [
        new(TensorForms.Scalar, "tensor", "{T} scalar", "FromSpan<{E}>([scalar], []", Kept),
        new(TensorForms.TypedScalar, "tensor", "{T} scalar", "FromSpan<{E}>([scalar], []", Typed),
        new(TensorForms.Array, "tensor", "{T}[] {array}", "FromArray({array}, [{array}.LongLength]", Named),
        new(TensorForms.ShapedArray, "tensor", "{T}[] {array}, ReadOnlySpan<long> dimensions", "FromArray({array}, dimensions", Named),
        new(TensorForms.Grids, "tensor", "{T}[,] rawArray", Grid(2), Named),
        new(TensorForms.Grids, "tensor", "{T}[,,] rawArray", Grid(3), Named),
        new(TensorForms.Grids, "tensor", "{T}[,,,] rawArray", Grid(4), Named),
        new(TensorForms.List, "tensor", "IList<{T}> rawArray", "FromList<{E}>(rawArray, [rawArray.Count]", Named),
        new(TensorForms.ShapedList, "tensor", "IList<{T}> rawArray, ReadOnlySpan<long> dimensions", "FromList<{E}>(rawArray, dimensions", Named),
        new(TensorForms.ListOfRows, "tensor", "IList<{T}> rawArray, long rows, long columns", "FromList<{E}>(rawArray, [rows, columns]", Named),
        new(TensorForms.ListOfThree, "tensor", "IList<{T}> rawArray, long dim0, long dim1, long dim2", "FromList<{E}>(rawArray, [dim0, dim1, dim2]", Named),
        new(TensorForms.ListOfFour, "tensor", $"IList<{{T}}> rawArray, {Four}", "FromList<{E}>(rawArray, [dim0, dim1, dim2, dim3]", Named),
        new(TensorForms.Memory, "tensor", "Memory<{T}> rawArray, ReadOnlySpan<long> dimensions", "FromSpan<{E}>(rawArray.Span, dimensions", Named),
        new(TensorForms.AsTensor, "as_tensor", "{E}[] rawArray", "FromArray(rawArray, [rawArray.LongLength]", Converted),
        new(TensorForms.AsTensor, "as_tensor", "IList<{E}> rawArray", "FromList<{E}>(rawArray, [rawArray.Count]", Converted),
    ];

    /// <summary>Overloads that only one type has: complex numbers from their parts, and a shape where others take a list.</summary>
    public static IReadOnlyList<TensorForm> Single { get; } =
    [
        new(0, "tensor", "float real, float imaginary", "FromSpan<(float, float)>([(real, imaginary)], []", Typed),
        new(0, "tensor", "double real, double imaginary", "FromSpan<System.Numerics.Complex>([new(real, imaginary)], []", Typed),
        new(0, "tensor", "(double Real, double Imaginary) scalar", "FromSpan<System.Numerics.Complex>([new(scalar.Real, scalar.Imaginary)], []", Typed),
        new(0, "tensor", $"int[] rawArray, {Four}", "FromArray(rawArray, [dim0, dim1, dim2, dim3]", Named),
    ];

    private static string Grid(int rank) =>
        $"FromArray(rawArray, [{string.Join(", ", Enumerable.Range(0, rank).Select(i => $"rawArray.GetLength({i})"))}]";
}
