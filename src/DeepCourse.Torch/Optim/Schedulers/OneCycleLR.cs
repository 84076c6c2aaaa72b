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
                /// <summary>Warm up, anneal, and momentum the other way round (Smith and Topin 2019).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly record struct Extremes(double Initial, double Highest, double Lowest);

                    private readonly record struct Piece(double End, Func<Extremes, double> From, Func<Extremes, double> To, bool FallingMomentum, bool RisingMomentum);

                    private readonly Extremes[] _rates;
                    private readonly MomentumCycle _momentum;
                    private readonly Piece[] _pieces;
                    private readonly int _length;
                    private readonly AnnealStrategy _strategy;

                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, [max_lr], total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                            [base_momentum], [max_momentum], div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double> base_momentum = null, IEnumerable<double> max_momentum = null, double div_factor = 25,
                        double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _length = total_steps > 0 ? total_steps : epochs * steps_per_epoch;
                        if (_length <= 0 || (total_steps <= 0 && (epochs <= 0 || steps_per_epoch <= 0)))
                            throw new ArgumentException("You must define either total_steps or both epochs and steps_per_epoch.", nameof(total_steps));
                        if (pct_start is < 0 or > 1)
                            throw new ArgumentOutOfRangeException(nameof(pct_start), pct_start, "Expected a number between 0 and 1.");
                        _strategy = anneal_strategy;
                        _pieces = three_phase ? ThreePieces(pct_start) : TwoPieces(pct_start);
                        _rates = [.. PerGroup(max_lr, nameof(max_lr))
                            .Select(highest => new Extremes(highest / div_factor, highest, highest / div_factor / final_div_factor))];
                        if (last_epoch == -1)
                        {
                            for (var i = 0; i < _rates.Length; i++) Groups[i].InitialLearningRate = _rates[i].Initial;
                            RebaseRates();
                        }
                        if (cycle_momentum)
                        {
                            _momentum = new MomentumCycle(
                                Groups, PerGroup(base_momentum ?? [0.85], nameof(base_momentum)), PerGroup(max_momentum ?? [0.95], nameof(max_momentum)));
                            if (last_epoch == -1) _momentum.Set(momentum => momentum.Highest);
                        }
                        Start();
                    }

                    public enum AnnealStrategy
                    {
                        Cos = 0,
                        Linear = 1,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > _length)
                            throw new InvalidOperationException(
                                $"Tried to step {LastEpoch + 1} times. The specified number of total steps is {_length}.");
                        var index = Array.FindIndex(_pieces, piece => LastEpoch <= piece.End);
                        if (index < 0) index = _pieces.Length - 1;
                        var piece = _pieces[index];
                        var start = index == 0 ? 0 : _pieces[index - 1].End;
                        var part = (LastEpoch - start) / (piece.End - start);
                        _momentum?.Set(momentum => Anneal(
                            piece.FallingMomentum || !piece.RisingMomentum ? momentum.Highest : momentum.Lowest,
                            piece.FallingMomentum ? momentum.Lowest : momentum.Highest, part));
                        return _rates.Select(rates => Anneal(piece.From(rates), piece.To(rates), part));
                    }

                    private double Anneal(double from, double to, double part) => _strategy switch
                    {
                        AnnealStrategy.Cos => to + ((from - to) / 2 * (Math.Cos(Math.PI * part) + 1)),
                        _ => ((to - from) * part) + from,
                    };

                    private Piece[] TwoPieces(double rising) =>
                    [
                        new((rising * _length) - 1, rates => rates.Initial, rates => rates.Highest, true, false),
                        new(_length - 1, rates => rates.Highest, rates => rates.Lowest, false, true),
                    ];

                    private Piece[] ThreePieces(double rising) =>
                    [
                        new((rising * _length) - 1, rates => rates.Initial, rates => rates.Highest, true, false),
                        new((2 * rising * _length) - 2, rates => rates.Highest, rates => rates.Initial, false, true),
                        new(_length - 1, rates => rates.Initial, rates => rates.Lowest, false, false),
                    ];
                }
            }
        }
    }
}
