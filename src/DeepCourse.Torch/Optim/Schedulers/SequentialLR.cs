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
                /// <summary>One schedule after the other, changing at milestones.</summary>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedules;
                    private readonly int[] _milestones;

                    public SequentialLR(
                        Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch)
                    {
                        (_schedules, _milestones) = ([.. schedulers], [.. milestones]);
                        if (_milestones.Length != _schedules.Length - 1)
                            throw new ArgumentException(
                                $"Sequential schedulers expects the number of schedulers to be one more than the milestones, but got " +
                                $"{_schedules.Length} and {_milestones.Length}.", nameof(milestones));
                        if (_schedules.Any(schedule => !ReferenceEquals(schedule.Owner, optimizer)))
                            throw new ArgumentException("All schedulers must belong to the same optimizer.", nameof(schedulers));
                        LastEpoch = last_epoch + 1;
                        // Each schedule has taken its first step when it was made: all but the first one's are taken back.
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var schedule in _schedules) schedule.LastEpoch--;
                        _schedules[0].Start();
                        Remember();
                    }

                    protected override IEnumerable<double> get_lr() => Rates;

                    private protected override void Advance(int? epoch)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        var index = _milestones.Count(milestone => milestone <= LastEpoch);
                        if (index > 0 && _milestones[index - 1] == LastEpoch) _schedules[index].step((int?)0);
                        else _schedules[index].step();
                        Remember();
                    }
                }
            }
        }
    }
}
