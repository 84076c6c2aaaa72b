// The types of this API say nothing about null.
#nullable disable

using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Changes an optimizer's rates as training proceeds. Making one takes the first step: the rates are then
            /// those of epoch 0.
            /// </summary>
            public abstract class LRScheduler
            {
                // Groups whose initial rate some schedule has taken: a second one starts from the same rate, not from
                // what the first has made of it.
                private static readonly ConditionalWeakTable<ILearningRateController, object> scheduled = [];
                private readonly bool _verbose;
                private double[] _last = [];

                protected int _step_count;

                protected LRScheduler()
                {
                    Groups = [];
                    BaseRates = [];
                }

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    (Owner, _verbose, LastEpoch) = (optimizer, verbose, last_epoch);
                    Groups = [.. optimizer.ParamGroups];
                    _firstEpoch = last_epoch;
                }

                private readonly int _firstEpoch = -1;
                private double[] _base;

                internal Optimizer Owner { get; }

                internal int LastEpoch { get; set; }

                private protected IReadOnlyList<ILearningRateController> Groups { get; }

                private protected double[] BaseRates
                {
                    get => _base ??= TakeBaseRates();
                    set => _base = value;
                }

                private protected IEnumerable<double> Rates => Groups.Select(group => group.LearningRate);

                /// <summary>The rates that the latest step has set, one per group.</summary>
                public IEnumerable<double> get_last_lr() => _last;

                public virtual void step() => Advance(null);

                /// <summary>Goes to an epoch, by the schedule's formula where it has one.</summary>
                public virtual void step(int? epoch) => Advance(epoch);

                /// <summary>For schedules that follow a measure; others ignore it.</summary>
                public virtual void step(double current, int? epoch = null) => Advance(epoch);

                /// <summary>The rates of this epoch, from those of the epoch before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The rates of this epoch, from the first ones; by default what get_lr says.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                private protected virtual void Advance(int? epoch)
                {
                    _step_count++;
                    LastEpoch = epoch ?? LastEpoch + 1;
                    double[] rates = [.. epoch is null ? get_lr() : get_closed_form_lr()];
                    for (var i = 0; i < rates.Length; i++) SetRate(i, rates[i]);
                    Remember();
                }

                /// <summary>The step that every schedule takes when it is made.</summary>
                internal void Start()
                {
                    _ = BaseRates;
                    _step_count = 0;
                    Advance(null);
                }

                private protected void SetRate(int group, double rate)
                {
                    Groups[group].LearningRate = rate;
                    if (_verbose) Console.WriteLine($"Adjusting learning rate of group {group} to {rate:0.0000e+00}.");
                }

                private protected void Remember() => _last = [.. Rates];

                private protected void RebaseRates()
                {
                    foreach (var group in Groups) scheduled.AddOrUpdate(group, group);
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                }

                /// <summary>One value for each group; a single one serves all.</summary>
                private protected T[] PerGroup<T>(IEnumerable<T> values, string name)
                {
                    T[] given = [.. values];
                    if (given.Length == 1) return [.. Groups.Select(_ => given[0])];
                    return given.Length == Groups.Count
                        ? given
                        : throw new ArgumentException($"Expected {Groups.Count} values for {name}, one per group, but got {given.Length}.", name);
                }

                private double[] TakeBaseRates()
                {
                    foreach (var group in Groups)
                    {
                        if (_firstEpoch == -1 && scheduled.TryAdd(group, group)) group.InitialLearningRate = group.LearningRate;
                    }
                    return [.. Groups.Select(group => group.InitialLearningRate)];
                }
            }
        }
    }
}
