namespace TorchSharp;

public static partial class torch
{
    private static readonly PrintOptions s_print = new();

    /// <summary>The style of tensors that are printed without one.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => s_print.Style;
        set => s_print.Style = value == TorchSharp.TensorStringStyle.Default ? TorchSharp.TensorStringStyle.Numpy : value;
    }

    /// <summary>Sets how tensors are printed from now on; what is not given stays as it is.</summary>
    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        set_printoptions(floatFormat: $"{(sci_mode ? 'E' : 'F')}{precision}", linewidth: linewidth, newLine: newLine, maxRows: maxRows, maxColumns: maxColumns);
    }

    /// <summary>Sets how tensors are printed from now on; what is not given stays as it is.</summary>
    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        if (linewidth is { } width) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width, nameof(linewidth));
        if (maxRows is { } rows) ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2, nameof(maxRows));
        if (maxColumns is { } columns) ArgumentOutOfRangeException.ThrowIfLessThan(columns, 2, nameof(maxColumns));
        if (style is { } wanted) TensorStringStyle = wanted;
        s_print.FloatFormat = floatFormat ?? s_print.FloatFormat;
        s_print.LineWidth = linewidth ?? s_print.LineWidth;
        s_print.NewLine = newLine ?? s_print.NewLine;
        s_print.MaxRows = maxRows ?? s_print.MaxRows;
        s_print.MaxColumns = maxColumns ?? s_print.MaxColumns;
    }

    internal static PrintOptions Printing => s_print;
}

/// <summary>How tensors are printed where the call doesn't say.</summary>
internal sealed class PrintOptions
{
    public TensorStringStyle Style { get; set; } = TensorStringStyle.Numpy;

    public string FloatFormat { get; set; } = "g5";

    public int LineWidth { get; set; } = 100;

    public string NewLine { get; set; } = "\n";

    /// <summary>The largest size of a dimension but the last that is shown in full.</summary>
    public int MaxRows { get; set; } = 12;

    /// <summary>The largest size of the last dimension that is shown in full.</summary>
    public int MaxColumns { get; set; } = 12;
}
