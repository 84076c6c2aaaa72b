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
                /// <summary>The rate falls to zero in total_iters epochs as a power of what is left of them.</summary>
                public class PolynomialLR : LRScheduler
                {
                    private readonly int _length;
                    private readonly double _power;

                    public PolynomialLR(Optimizer optimizer, int total_iters = 5, double power = 1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_length, _power) = (total_iters, power);
                        Start();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0 || LastEpoch > _length) return Rates;
                        var left = (1 - ((double)LastEpoch / _length)) / (1 - ((double)(LastEpoch - 1) / _length));
                        return Rates.Select(rate => rate * Math.Pow(left, _power));
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => rate * Math.Pow(1 - ((double)Math.Min(_length, LastEpoch) / _length), _power));
                }
            }
        }
    }
}
