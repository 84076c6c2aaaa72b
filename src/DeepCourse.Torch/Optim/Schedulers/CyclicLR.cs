// The types of this API say nothing about null.
#nullable disable

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate goes up and down between two bounds (Smith 2017).</summary>
                public class CyclicLR : LRScheduler
                {
                    private readonly double[] _lowest;
                    private readonly double[] _highest;
                    private readonly MomentumCycle _momentum;
                    private readonly double _size;
                    private readonly double _rising;
                    private readonly Func<double, double> _scale;
                    private readonly ScaleMode _scaleMode;

                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                        Mode mode = Mode.Triangular, double gamma = 1, Func<double, double> scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, double base_momentum = 0.8,
                        double max_momentum = 0.9, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, [base_lr], [max_lr], step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode, cycle_momentum,
                            [base_momentum], [max_momentum], last_epoch, verbose)
                    {
                    }

                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1, Func<double, double> scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true, IEnumerable<double> base_momentum = null,
                        IEnumerable<double> max_momentum = null, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _lowest = PerGroup(base_lr, nameof(base_lr));
                        _highest = PerGroup(max_lr, nameof(max_lr));
                        _size = step_size_up + (step_size_down == -1 ? step_size_up : step_size_down);
                        _rising = step_size_up / _size;
                        (_scale, _scaleMode) = scale_fn is not null ? (scale_fn, scale_mode) : ScaleOf(mode, gamma);
                        if (last_epoch == -1)
                        {
                            for (var i = 0; i < _lowest.Length; i++) Groups[i].LearningRate = _lowest[i];
                        }
                        if (cycle_momentum)
                            _momentum = new MomentumCycle(
                                Groups, PerGroup(base_momentum ?? [0.8], nameof(base_momentum)), PerGroup(max_momentum ?? [0.9], nameof(max_momentum)));
                        Start();
                    }

                    public enum Mode
                    {
                        Triangular = 0,
                        Triangular2 = 1,
                        ExpRange = 2,
                    }

                    public enum ScaleMode
                    {
                        Cycle = 0,
                        Iterations = 1,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var cycle = Math.Floor(1 + (LastEpoch / _size));
                        var x = 1 + (LastEpoch / _size) - cycle;
                        var height = x <= _rising ? x / _rising : (x - 1) / (_rising - 1);
                        var scale = _scale(_scaleMode == ScaleMode.Cycle ? cycle : LastEpoch);
                        _momentum?.Set(momentum => momentum.Highest - ((momentum.Highest - momentum.Lowest) * height * scale));
                        return _lowest.Zip(_highest, (lowest, highest) => lowest + ((highest - lowest) * height * scale));
                    }

                    private static (Func<double, double>, ScaleMode) ScaleOf(Mode mode, double gamma) => mode switch
                    {
                        Mode.Triangular => (_ => 1, ScaleMode.Cycle),
                        Mode.Triangular2 => (cycle => 1 / Math.Pow(2, cycle - 1), ScaleMode.Cycle),
                        _ => (step => Math.Pow(gamma, step), ScaleMode.Iterations),
                    };
                }
            }
        }
    }
}
