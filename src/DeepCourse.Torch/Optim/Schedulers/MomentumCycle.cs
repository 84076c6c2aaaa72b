namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>The momentum of each group, which some schedules move against the rate.</summary>
            private sealed class MomentumCycle
            {
                private readonly IReadOnlyList<ILearningRateController> _groups;
                private readonly Bounds[] _bounds;

                internal MomentumCycle(IReadOnlyList<ILearningRateController> groups, double[] lowest, double[] highest)
                {
                    if (groups.Any(group => group is not (IMomentum or IBetas)))
                        throw new ArgumentException("optimizer must support momentum or beta1 with 'cycle_momentum' option enabled.");
                    (_groups, _bounds) = (groups, [.. lowest.Zip(highest, (low, high) => new Bounds(low, high))]);
                }

                internal readonly record struct Bounds(double Lowest, double Highest);

                internal void Set(Func<Bounds, double> momentum)
                {
                    for (var i = 0; i < _groups.Count; i++)
                    {
                        var value = momentum(_bounds[i]);
                        if (_groups[i] is IBetas betas) betas.Betas = (value, betas.Betas.Item2);
                        else ((IMomentum)_groups[i]).Momentum = value;
                    }
                }
            }
        }
    }
}
