using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>What batch and instance normalisation have in common: scale, shift and running statistics.</summary>
public abstract class NormBase : Module<Tensor, Tensor>
{
    [ComponentName(Name = nameof(weight))]
    private Parameter? _weight;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    [ComponentName(Name = nameof(running_mean))]
    private Tensor? _runningMean;

    [ComponentName(Name = nameof(running_var))]
    private Tensor? _runningVariance;

    [ComponentName(Name = nameof(num_batches_tracked))]
    private Tensor? _batchesTracked;

    public NormBase(
        long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device,
        ScalarType? dtype, string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            _weight = Parameter.Ones(device, dtype, num_features);
            _bias = Parameter.Zeros(device, dtype, num_features);
        }
        if (track_running_stats)
        {
            _runningMean = zeros([num_features], dtype, device);
            _runningVariance = ones([num_features], dtype, device);
            _batchesTracked = zeros([], ScalarType.Int64, device);
        }
        RegisterComponents();
    }

    public long num_features { get; }

    public double eps { get; set; }

    /// <summary>The share of a new batch in the running statistics; null for their plain mean.</summary>
    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

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

    public Tensor? running_mean
    {
        get => _runningMean;
        set => Assign(ref _runningMean, value, nameof(running_mean));
    }

    public Tensor? running_var
    {
        get => _runningVariance;
        set => Assign(ref _runningVariance, value, nameof(running_var));
    }

    public Tensor? num_batches_tracked
    {
        get => _batchesTracked;
        set => Assign(ref _batchesTracked, value, nameof(num_batches_tracked));
    }

    public void reset_running_stats()
    {
        if (!track_running_stats) return;
        _runningMean!.zero_();
        _runningVariance!.fill_(1.0);
        _batchesTracked!.zero_();
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        init.ones_(_weight!);
        init.zeros_(_bias!);
    }

    protected abstract void ValidateInputDimensions(Tensor input);

    /// <summary>Counts the batch and tells what share it gets in the running statistics.</summary>
    private protected double Tracked()
    {
        if (!training || _batchesTracked is null) return momentum ?? 0;
        _batchesTracked.add_(1);
        return momentum ?? 1.0 / _batchesTracked.item<long>();
    }

    private protected void RequireRank(Tensor input, long least, long most)
    {
        var rank = input.ndim;
        if (rank >= least && rank <= most) return;
        var expected = least == most ? $"{least}" : $"{least} or {most}";
        throw new ArgumentException(
            $"{GetName()} expects {expected} dimensions, given [{string.Join(", ", input.shape)}].");
    }
}
