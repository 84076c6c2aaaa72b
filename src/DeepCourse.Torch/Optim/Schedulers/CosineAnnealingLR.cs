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
                /// <summary>Half a cosine from the first rate to eta_min in T_max epochs, and back (Loshchilov and Hutter 2017, eq. 5).</summary>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _lowest;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_period, _lowest) = (T_max, eta_min);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return Rates;
                        if (_step_count == 1) return get_closed_form_lr();
                        // Where the cosine turns upward the ratio of neighbours below would be 0 / 0.
                        if ((LastEpoch - 1 - _period) % (2 * _period) == 0)
                            return Rates.Zip(BaseRates, (rate, first) => rate + ((first - _lowest) * (1 - Math.Cos(Math.PI / _period)) / 2));
                        var ratio = (1 + Math.Cos(Math.PI * LastEpoch / _period)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _period));
                        return Rates.Select(rate => (ratio * (rate - _lowest)) + _lowest);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => _lowest + ((rate - _lowest) * (1 + Math.Cos(Math.PI * LastEpoch / _period)) / 2));
                }
            }
        }
    }
}
