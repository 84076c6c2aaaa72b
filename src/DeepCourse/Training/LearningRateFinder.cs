using DeepCourse.Optimization;
using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>Finds a good learning rate by trying them all.</summary>
public static class LearningRateFinder
{
    /// <summary>Trains with a rate that grows from batch to batch until the loss explodes, and then takes everything
    /// back: model, optimizer, random numbers and callbacks are as before.</summary>
    /// <param name="learner">Whose model, data and loss to use.</param>
    /// <param name="start">The first rate.</param>
    /// <param name="end">The last rate, where the loss has not exploded before.</param>
    /// <param name="steps">How many batches lie between them.</param>
    /// <returns>The curve and what it suggests; also kept in the learner's history.</returns>
    /// <remarks>Smith 2017 (arXiv 1506.01186), section 3.3. It stops when the smoothed loss is four times its lowest,
    /// or no number any more.</remarks>
    public static LearningRateSearch FindLearningRate(
        this Learner learner, double start = 1e-7, double end = 10, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(start);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        return learner.Search(() =>
        {
            var finder = new Finder(Schedule.Exponential(start, end), steps);
            learner.Try(steps, finder);
            return new LearningRateSearch(finder.Rates, finder.Losses);
        });
    }

    private sealed class Finder(Schedule schedule, int steps) : Callback
    {
        private const double Smoothing = 0.98;
        private const double Exploded = 4;
        private double _mean;
        private double _best = double.PositiveInfinity;

        public List<double> Rates { get; } = [];

        public List<double> Losses { get; } = [];

        public override CallbackBand Band => CallbackBand.Schedule;

        protected internal override void BeforeBatch(Run run)
        {
            // Where several processes take part, the end that one asks for comes a batch later.
            if (Rates.Count == steps) return;
            var rates = new double[run.Rates.GroupCount];
            Array.Fill(rates, schedule.At((double)Rates.Count / (steps - 1)));
            run.Rates.SetLearningRates(rates);
        }

        protected internal override void AfterBatch(Run run)
        {
            if (run.Loss is not { } tensor || Rates.Count == steps) return;
            var loss = tensor.ReadNumber();
            if (!double.IsFinite(loss))
            {
                run.EndFit("the loss is no number");
                return;
            }
            // An average that begins at 0 is too small at first; dividing takes that back.
            _mean = Smoothing * _mean + (1 - Smoothing) * loss;
            var smooth = _mean / (1 - Math.Pow(Smoothing, Losses.Count + 1));
            Rates.Add(run.Rates.LearningRate);
            Losses.Add(smooth);
            _best = Math.Min(_best, smooth);
            if (smooth > Exploded * _best) run.EndFit("the loss exploded");
            if (Rates.Count == steps) run.EndFit("all rates were tried");
        }
    }
}
