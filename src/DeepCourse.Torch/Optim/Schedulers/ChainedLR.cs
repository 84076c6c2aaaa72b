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
                /// <summary>Several schedules whose factors multiply.</summary>
                public class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedules;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers) : this([.. schedulers])
                    {
                    }

                    private ChainedLR(LRScheduler[] schedules) : base(schedules.Length > 0 ? schedules[0].Owner : throw NoSchedules())
                    {
                        if (schedules.Any(schedule => !ReferenceEquals(schedule.Owner, Owner)))
                            throw new ArgumentException("All schedulers must belong to the same optimizer.", nameof(schedules));
                        _schedules = schedules;
                        Remember();
                    }

                    public override void step()
                    {
                        foreach (var schedule in _schedules) schedule.step();
                        Remember();
                    }

                    private static ArgumentException NoSchedules() => new("Expected at least one scheduler to be chained, but got none.");
                }
            }
        }
    }
}
