using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What all convolutions have in common: the weight [out, in / groups, window...] and how it slides.</summary>
public abstract class Convolution : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    protected Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    protected Parameter? _bias;

    protected long[] _reversed_padding_repeated_twice = [];
    protected long input_channels;

    protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null) : base(name)
    {
        RequireDivisible(in_channels, groups, nameof(in_channels));
        RequireDivisible(out_channels, groups, nameof(out_channels));
        input_channels = in_channels;
        (this.in_channels, this.out_channels, this.groups) = (in_channels, out_channels, groups);
        (this.kernel_size, this.stride, this.dilation) = (kernel_size, stride, dilation);
        (this.transposed, this.output_padding, this.padding_mode) = (transposed, output_padding, padding_mode);
        if (padding_type is { } type) SetPadding(type);
        else SetPadding(padding ?? new long[kernel_size.Length]);
        long[] ends = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups];
        _weight = Parameter.Empty(device, dtype, [.. ends, .. kernel_size]);
        if (bias) _bias = Parameter.Empty(device, dtype, out_channels);
        reset_parameters();
        RegisterComponents();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; set; }

    public long[] stride { get; set; }

    public long[]? padding { get; private set; }

    public Padding? padding_type { get; private set; }

    public long[] dilation { get; set; }

    public bool transposed { get; }

    public long[] output_padding { get; set; }

    public long groups { get; set; }

    public PaddingModes padding_mode { get; set; }

    public Parameter weight
    {
        get => _weight!;
        set => Assign(ref _weight, value, nameof(weight));
    }

    public Parameter? bias
    {
        get => _bias;
        set => Assign(ref _bias, value, nameof(bias));
    }

    public void SetPadding(long[] padding)
    {
        (this.padding, padding_type) = (padding, null);
        _reversed_padding_repeated_twice = [.. Enumerable.Reverse(padding).SelectMany(size => new[] { size, size })];
    }

    public void SetPadding(Padding padding)
    {
        (this.padding, padding_type) = (null, padding);
        _reversed_padding_repeated_twice = new long[2 * kernel_size.Length];
        if (padding == Padding.Valid) return;
        for (var dimension = 0; dimension < kernel_size.Length; dimension++)
        {
            // The last dimension comes first in the arguments of pad; odd totals get the extra row at the end.
            var total = dilation[dimension] * (kernel_size[dimension] - 1);
            var position = 2 * (kernel_size.Length - 1 - dimension);
            _reversed_padding_repeated_twice[position] = total / 2;
            _reversed_padding_repeated_twice[position + 1] = total - total / 2;
        }
    }

    public void reset_parameters() => FanInInit.Apply(_weight!, _bias);

    /// <summary>Whether the input is batched; refuses inputs of another rank or number of channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var rank = input.ndim;
        var batched = rank == dimensions + 2;
        if (!batched && rank != dimensions + 1)
        {
            throw new ArgumentException(
                $"{GetName()} expects {dimensions + 1} (unbatched) or {dimensions + 2} (batched) dimensions, "
                + $"given [{string.Join(", ", input.shape)}].");
        }
        var channels = input.size(batched ? 1 : 0);
        if (channels != input_channels)
        {
            throw new ArgumentException($"{GetName()} expects {input_channels} channels, "
                + $"given {channels} in [{string.Join(", ", input.shape)}].");
        }
        return batched;
    }

    /// <summary>The input with its border filled by the padding mode, for modes the operator itself lacks.</summary>
    private protected Tensor Padded(Tensor input) =>
        functional.pad(input, _reversed_padding_repeated_twice, padding_mode);

    private static void RequireDivisible(long channels, long groups, string parameter)
    {
        if (groups <= 0 || channels % groups != 0)
            throw new ArgumentException($"{parameter} ({channels}) must be divisible by groups ({groups}).", parameter);
    }
}
