using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Vision.Classification;

namespace Lesson12;

/// <summary>All that describes a training: the switches of the lesson.</summary>
/// <param name="Network">Which network.</param>
internal sealed record Recipe(Network Network)
{
    /// <summary>Epochs in which the biases of the whitening layer learn.</summary>
    private const int WhiteningEpochs = 3;

    // The record's rates of head and biases beside Muon, for a loss that is summed over the batch.
    private const double HeadRate = 0.67;
    private const double BiasRate = 0.053;
    private const double Decay = 2e-6;

    internal required int Width { get; init; }

    internal required int Epochs { get; init; }

    internal required int BatchSize { get; init; }

    internal required double Rate { get; init; }

    internal bool UsesMuon { get; init; } = true;

    internal string Schedule { get; init; } = "linear";

    internal double Smoothing { get; init; } = 0.2;

    internal double MixUp { get; init; }

    internal PictureAugmentation Augmentation { get; init; } = new(Mirroring.Alternating, Shift: 2);

    /// <summary>Height and width of the pictures, in pixels.</summary>
    internal int Size { get; init; } = 32;

    /// <summary>The share of the epochs with pictures of three quarters of the size.</summary>
    internal double SmallShare { get; init; }

    internal string Views { get; init; } = "moved";

    internal string Average { get; init; } = "none";

    /// <summary>Whether the first layer takes its filters from the pictures; only the speed records' network can.</summary>
    internal bool Whitens { get; init; } = true;

    /// <summary>Whether the network is judged after every epoch.</summary>
    internal bool Validates { get; init; } = true;

    /// <summary>Added to the lesson's seed.</summary>
    internal int Seed { get; init; }

    /// <summary>A name for files.</summary>
    internal string Key { get; init; } = "network";

    internal int SmallEpochs => (int)Math.Round(SmallShare * Epochs);

    /// <summary>Sizes as the convolutions like them: even, and large enough for the network.</summary>
    internal int SmallSize => Math.Max(Network.SmallestSize, Size * 3 / 4 / 2 * 2);

    internal int SizeInEpoch(int epoch) => epoch < SmallEpochs ? SmallSize : Size;

    internal IReadOnlyList<PictureView> ViewList => Views switch
    {
        "none" => PictureViews.Plain,
        "mirrored" => PictureViews.Mirrored,
        _ => PictureViews.MirroredAndMoved,
    };

    /// <summary>All that the other columns of a study don't say.</summary>
    internal string InWords => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(UsesMuon ? "Muon" : "SGD")} {Rate}, {Schedule}, smoothing {Smoothing}, mixup {MixUp}, {Augmentation.Mirroring} {Augmentation.Shift} {Augmentation.Cutout}, small {SmallShare}, views {Views}, average {Average}");

    internal OptimizerFactory MakeOptimizer()
    {
        // The record's decay is a share of the weights for each picture of a batch, whatever the rate.
        if (!UsesMuon)
            return Optimizers.Sgd(Rate, momentum: 0.9, weightDecay: Network.UsesMuon ? Decay * BatchSize / Rate : Network.WeightDecay, nesterov: true);
        return Network.UsesMuon
            ? Optimizers.Muon(Rate, HeadRate * BatchSize, BiasRate * BatchSize, weightDecay: Decay * BatchSize)
            : Optimizers.Muon(Rate, Network.Rate, Network.Rate, weightDecay: Network.WeightDecay * Network.Rate);
    }

    internal Scheduling MakeSchedule() => Schedule switch
    {
        "linear" => new(Rate, DeepCourse.Optimization.Schedule.Linear(1, 0)),
        "dawnbench" => new(Rate, Schedules.TriangleRate(), Schedules.TriangleMomentum()),
        _ => new(Rate, Schedules.OneCycleRate(), UsesMuon ? null : Schedules.OneCycleMomentum()),
    };

    internal IEnumerable<Callback> Tricks(Module network, int classes, int seed)
    {
        if (network is SpeedNet { Whitening: { } whitening }) yield return new FrozenWhitening(whitening, Math.Min(WhiteningEpochs, Epochs));
        if (MixUp > 0) yield return new DeepCourse.Training.Callbacks.MixUp(classes, MixUp, seed);
        if (Average == "ema") yield return new ExponentialMovingAverage(0.99);
        if (Average == "swa") yield return new StochasticWeightAveraging(start: 0.75);
    }
}
