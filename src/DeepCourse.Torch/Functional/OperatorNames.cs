namespace TorchSharp;

// The API's enumerations as the operators want them: most by name, some by a number that is not the enumeration's own.
public static partial class torch
{
    internal static string? RoundingName(RoundingMode mode) => mode switch
    {
        RoundingMode.None => null,
        RoundingMode.trunc => "trunc",
        RoundingMode.floor => "floor",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such rounding."),
    };

    internal static string NormName(FFTNormType norm) => norm switch
    {
        FFTNormType.Backward => "backward",
        FFTNormType.Forward => "forward",
        FFTNormType.Ortho => "ortho",
        _ => throw new ArgumentOutOfRangeException(nameof(norm), norm, "No such normalisation of a Fourier transform."),
    };

    internal static string PaddingName(PaddingModes mode) => mode switch
    {
        PaddingModes.Zeros or PaddingModes.Constant => "constant",
        PaddingModes.Reflect => "reflect",
        PaddingModes.Replicate => "replicate",
        PaddingModes.Circular => "circular",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such padding."),
    };

    internal static string PaddingName(Padding padding) => padding switch
    {
        Padding.Valid => "valid",
        Padding.Same => "same",
        _ => throw new ArgumentOutOfRangeException(nameof(padding), padding, "No such padding of a convolution."),
    };

    internal static string ApproximationName(Modules.GELU.Approximate approximate) => approximate switch
    {
        Modules.GELU.Approximate.none => "none",
        Modules.GELU.Approximate.tanh => "tanh",
        _ => throw new ArgumentOutOfRangeException(nameof(approximate), approximate, "No such approximation of GELU."),
    };

    internal static string DecompositionName(linalg.QRMode mode) => mode switch
    {
        linalg.QRMode.Reduced => "reduced",
        linalg.QRMode.Complete => "complete",
        linalg.QRMode.R => "r",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such decomposition."),
    };

    // The operator counts bilinear 0, nearest 1.
    internal static long SamplingNumber(GridSampleMode mode) => mode switch
    {
        GridSampleMode.Bilinear => 0,
        GridSampleMode.Nearest => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such sampling."),
    };

    // The operator counts zeros 0, border 1, reflection 2: the last two are swapped.
    internal static long PaddingNumber(GridSamplePaddingMode mode) => mode switch
    {
        GridSamplePaddingMode.Zeros => 0,
        GridSamplePaddingMode.Border => 1,
        GridSamplePaddingMode.Reflection => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such padding of a sampling grid."),
    };

    /// <summary>A count of which the API says -1 for "not given".</summary>
    internal static long? OrNone(long count) => count < 0 ? null : count;

    /// <summary>A pair of numbers as a list, or twice the default.</summary>
    internal static long[] Pair((long, long)? pair, long otherwise) =>
        pair is { } given ? [given.Item1, given.Item2] : [otherwise, otherwise];
}
