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
                /// <summary>The rate times a factor that goes in a straight line from start_factor to end_factor.</summary>
                public class LinearLR : LRScheduler
                {
                    private readonly double _from;
                    private readonly double _to;
                    private readonly int _length;

                    public LinearLR(
                        Optimizer optimizer, double start_factor = 0.3333333333333333, double end_factor = 1, int total_iters = 5,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (start_factor is <= 0 or > 1)
                            throw new ArgumentOutOfRangeException(nameof(start_factor), start_factor, "Starting factor expected to be between 0 and 1.");
                        if (end_factor is < 0 or > 1)
                            throw new ArgumentOutOfRangeException(nameof(end_factor), end_factor, "Ending factor expected to be between 0 and 1.");
                        (_from, _to, _length) = (start_factor, end_factor, total_iters);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return Rates.Select(rate => rate * _from);
                        if (LastEpoch > _length) return Rates;
                        var growth = 1 + ((_to - _from) / ((_length * _from) + ((LastEpoch - 1) * (_to - _from))));
                        return Rates.Select(rate => rate * growth);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * (_from + ((_to - _from) * Math.Min(_length, LastEpoch) / _length)));
                }
            }
        }
    }
}
