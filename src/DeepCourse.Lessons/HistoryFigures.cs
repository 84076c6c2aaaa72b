using System.Globalization;
using System.Text;
using DeepCourse.Reporting;
using DeepCourse.Training;

namespace DeepCourse.Lessons;

/// <summary>A learner's history as figures and as a file.</summary>
public static class HistoryFigures
{
    /// <summary>Training loss of every batch and validation loss of every epoch.</summary>
    /// <param name="history">The history.</param>
    /// <param name="title">Heading.</param>
    /// <returns>A chart over training steps.</returns>
    public static LineChart LossChart(this History history, string title = "Loss")
    {
        var training = new Series("training", [.. Enumerable.Range(1, history.Batches.Count).Select(i => (double)i)], [.. history.Batches.Select(b => b.Loss)]);
        var ends = EpochEnds(history);
        var validation = new Series("validation", ends, [.. history.Epochs.Select(e => e.ValidationLoss)]) { Dots = true };
        return new LineChart(title, history.Epochs.Any(e => double.IsFinite(e.ValidationLoss)) ? [training, validation] : [training])
        {
            XLabel = "step",
            YLabel = "loss",
            Smoothing = history.Batches.Count > 50 ? 0.9 : 0,
            Annotations = [.. FitStarts(history)],
        };
    }

    /// <summary>The learning rate of every batch (of the last layer group).</summary>
    /// <param name="history">The history.</param>
    /// <param name="title">Heading.</param>
    /// <returns>A chart over training steps.</returns>
    public static LineChart RateChart(this History history, string title = "Learning rate") =>
        new(title, Series.Of("", history.Batches.Select(b => b.LearningRate))) { XLabel = "step", YLabel = "learning rate", FromZero = true };

    /// <summary>Metrics by epoch.</summary>
    /// <param name="history">The history.</param>
    /// <param name="title">Heading.</param>
    /// <param name="names">Which metrics; none means all.</param>
    /// <returns>A chart over epochs.</returns>
    public static LineChart MetricChart(this History history, string title, params string[] names)
    {
        string[] chosen = names.Length > 0 ? names : [.. history.Epochs.SelectMany(e => e.Metrics).Select(m => m.Name).Distinct()];
        return new LineChart(title, [.. chosen.Select(name => Series.Of(name, history.Epochs.Select(e => e.Value(name))) with { Dots = true })]) { XLabel = "epoch" };
    }

    /// <summary>The history as CSV: one row per epoch.</summary>
    /// <param name="history">The history.</param>
    /// <returns>Text with a header line.</returns>
    public static string ToCsv(this History history)
    {
        string[] names = [.. history.Epochs.SelectMany(e => e.Metrics).Select(m => m.Name).Distinct()];
        var text = new StringBuilder("fit,epoch,training_loss,validation_loss,learning_rate,seconds");
        foreach (var name in names) text.Append(',').Append(Cell(name.Replace(' ', '_')));
        foreach (var epoch in history.Epochs)
        {
            double[] values = [epoch.TrainingLoss, epoch.ValidationLoss, epoch.LearningRate, epoch.Seconds, .. names.Select(epoch.Value)];
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{epoch.Fit + 1},{epoch.Epoch + 1}");
            foreach (var value in values) text.Append(',').Append(double.IsFinite(value) ? value.ToString("G7", CultureInfo.InvariantCulture) : "");
        }
        return text.Append('\n').ToString();
    }

    private static List<double> EpochEnds(History history)
    {
        var ends = new List<double>();
        var step = 0;
        foreach (var epoch in history.Epochs)
        {
            while (step < history.Batches.Count && (history.Batches[step].Fit, history.Batches[step].Epoch).CompareTo((epoch.Fit, epoch.Epoch)) <= 0) step++;
            ends.Add(step);
        }
        return ends;
    }

    private static IEnumerable<Annotation> FitStarts(History history) =>
        Enumerable.Range(1, Math.Max(0, history.Batches.Count - 1)).Where(i => history.Batches[i].Fit != history.Batches[i - 1].Fit).Select(i => Annotation.At(i + 1, $"fit {history.Batches[i].Fit + 1}"));

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
