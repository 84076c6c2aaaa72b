using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Training.Profiling;
using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Interpretation;

namespace Lesson12;

/// <summary>What the reader sees: how good, how fast, and why.</summary>
internal static class CifarReport
{
    private const double CifarBar = 0.86;
    private const double FashionBar = 0.93;
    private const int Enlargement = 4;

    internal static void Write(LessonContext lesson, PictureData data, TrainingResult result, TrainingWork work, ActivationStatistics activations, Profile? profile)
    {
        var (report, recipe, judgement) = (lesson.Report, result.Recipe, result.Judgement);
        if (data.IsSynthetic)
        {
            report.Title += " (synthetic data)";
            report.Notice = "The pictures are painted patterns: the figures say nothing about photographs.";
        }
        report.Summary = $"{recipe.Network.Title}, {recipe.Epochs} epochs of {data.Title}: {judgement.Accuracy:0.00%} of the test pictures named rightly after {Minutes(result.Seconds)} of training.";
        report.Fact("data", data.Title).Fact("training pictures", $"{data.Training.Count:N0}").Fact("test pictures", $"{data.Test.Count:N0}")
            .Fact("network", $"{recipe.Network.Name}, width {recipe.Width}").Fact("parameters", $"{result.Network.parameters().Sum(parameter => parameter.numel()):N0}")
            .Fact("device", $"{lesson.Device}, {lesson.Options.Precision}").Fact("threads", $"{get_num_threads()}");
        Cards(lesson, data, result);
        Tricks(report, recipe);
        Learning(report, result.History);
        Work(lesson, result, work, profile);
        Activations(report, activations);
        Mistakes(report, data, judgement);
        report.Section("Beside others", lesson.Data == "cifar10" ? "Accuracies on the published arrays; this copy of CIFAR-10 is JPEG, which costs a little." : $"Accuracies on CIFAR-10: those on {data.Title} can't be compared with them.");
        report.Figure(Published.ToFigure(
            [$"{recipe.Network.Title}, this run on {data.Title}", $"{judgement.Accuracy:0.00%}", $"{recipe.Epochs}", $"{lesson.Device}, {get_num_threads()} threads, {lesson.Options.Precision}", Minutes(result.Seconds)]));
    }

    private static void Cards(LessonContext lesson, PictureData data, TrainingResult result)
    {
        double? bar = lesson.Smoke || result.Recipe.Network.Name != "speednet" ? null : lesson.Data == "cifar10" ? CifarBar : FashionBar;
        lesson.Report.Metric(new MetricCard("test accuracy", result.Judgement.Accuracy, bar) { Format = "0.00%", Note = $"± {StandardError(result.Judgement):0.00%}, one standard error of {data.Test.Count:N0} pictures" });
        lesson.Report.Metric(new MetricCard("without views", result.Judgement.PlainAccuracy) { Format = "0.00%", Note = "every test picture looked at once" });
        lesson.Report.Metric(new MetricCard("pictures a second", result.PicturesPerSecond) { Format = "0", Note = "training, with the validation of each epoch" });
        lesson.Report.Metric(new MetricCard("training", result.Seconds, null) { Format = "0", Unit = "s", HigherIsBetter = false });
    }

    internal static void Tricks(HtmlReport report, Recipe recipe)
    {
        var augmentation = recipe.Augmentation;
        (string, string)[] tricks =
        [
            ("first layer", recipe.Network.UsesMuon && recipe.Whitens ? "whitens the pictures, its filters are not learned" : "learned"),
            ("optimizer", recipe.UsesMuon ? "Muon for filters, Nesterov's momentum for the rest" : "stochastic gradient descent, Nesterov's momentum"),
            ("schedule", $"{recipe.Schedule}, highest rate {recipe.Rate}"),
            ("batch", $"{recipe.BatchSize}"),
            ("mirroring", $"{augmentation.Mirroring}".ToLowerInvariant()),
            ("shift", $"up to {augmentation.Shift} px"),
            ("cutout", augmentation.Cutout > 0 ? $"{augmentation.Cutout} px" : "none"),
            ("mixup", recipe.MixUp > 0 ? $"{recipe.MixUp}" : "none"),
            ("label smoothing", $"{recipe.Smoothing}"),
            ("picture size", recipe.SmallEpochs > 0 ? $"{recipe.SmallSize} px for {recipe.SmallEpochs} epochs, then {recipe.Size} px" : $"{recipe.Size} px"),
            ("averaged weights", recipe.Average),
            ("views of a test picture", $"{recipe.ViewList.Count}"),
        ];
        report.Details("The recipe", details => details.Figure(new Table("", ["trick", "here"], [.. tricks.Select(trick => (IReadOnlyList<string>)[trick.Item1, trick.Item2])])));
    }

    private static void Learning(HtmlReport report, History history)
    {
        report.Section("How it learned", "The rate finder tries all rates on the untrained network and takes everything back; the schedule is what the training then followed.");
        var charts = new List<Figure>();
        charts.AddRange(history.Searches.Take(1).Select(search => RateFinderChart.Of("Rate finder", search.Rates, search.Losses, search.Valley)));
        charts.Add(history.RateChart());
        report.Columns(charts);
        report.Columns(history.LossChart(), history.MetricChart("Test accuracy, epoch by epoch"));
    }

    private static void Work(LessonContext lesson, TrainingResult result, TrainingWork work, Profile? profile)
    {
        var (recipe, full) = (result.Recipe, work.Full);
        var small = recipe.SmallEpochs > 0 ? $" A picture of {recipe.SmallSize} px takes {work.Small.TrainingFlops / full.TrainingFlops:0%} of that." : "";
        lesson.Report.Section(
            "Where the time goes",
            $"A forward pass multiplies {full.Multiplications / 1e6:0.0} million times for a picture of {recipe.Size} px; with the backward pass that is {full.TrainingFlops / 1e9:0.000} billion operations for a training step.{small} "
            + $"This run did {work.FlopsPerSecond(result) / 1e9:0} billion a second.");
        if (profile is not null)
        {
            lesson.Report.Columns(profile.Chart(), profile.StageTable());
            lesson.Report.Details("Callbacks, tensors, memory", details => details.Columns(profile.CallbackTable(), profile.CountTable()));
        }
        lesson.Report.Figure(new BarChart("Multiplications of a forward pass by layer, in millions", full.Layers.Select(layer => (layer.Name, layer.Multiplications / 1e6))) { Format = "0.00" });
        lesson.Report.Figure(new Table(
            "The epochs", ["epoch", "picture size", "seconds", "pictures a second", "training loss", "test accuracy"],
            [
                .. result.History.Epochs.Select((epoch, index) => (IReadOnlyList<string>)
                [
                    $"{index + 1}", $"{recipe.SizeInEpoch(index)} px", $"{epoch.Seconds:0.0}", $"{result.Pictures / epoch.Seconds:0}", $"{epoch.TrainingLoss:0.000}", $"{epoch.Value("accuracy"):0.0%}",
                ]),
            ]));
    }

    private static void Activations(HtmlReport report, ActivationStatistics activations)
    {
        if (activations.Layers.Count == 0) return;
        report.Section("What the layers give", "Each convolution in the first batch of every epoch. A steady spread and few values next to 0 are signs of health; waves at the start are signs of too high a rate.");
        Series[] Curves(Func<LayerActivations, IReadOnlyList<double>> values) => [.. activations.Layers.Select(layer => Series.Of(layer.Name, values(layer)))];
        report.Columns(
            new LineChart("Mean", Curves(layer => layer.Means)) { XLabel = "epoch" },
            new LineChart("Standard deviation", Curves(layer => layer.Deviations)) { XLabel = "epoch", FromZero = true });
        report.Figure(new LineChart("Share of values next to 0", Curves(layer => layer.DeadShares)) { XLabel = "epoch", FromZero = true });
    }

    private static void Mistakes(HtmlReport report, PictureData data, Judgement judgement)
    {
        report.Section("What it gets wrong");
        report.Columns(
            judgement.Matrix.ToFigure(),
            new Table(
                "Most confused", ["truth", "taken for", "times"],
                [.. judgement.Matrix.MostConfused(12).Select(pair => (IReadOnlyList<string>)[pair.Actual, pair.Predicted, $"{pair.Count}"])]));
        report.Details("Precision and recall by class", details => details.Figure(new ClassificationReport(judgement.Matrix).ToFigure()));
        report.Images(new ImageGrid("The worst mistakes, and the surest", [.. judgement.WorstItems.Select(worst => Show(data, judgement, worst.Item))]) { CellWidth = 130 });
    }

    private static Picture Show(PictureData data, Judgement judgement, int item)
    {
        using var scope = NewDisposeScope();
        var pixels = repeat_interleave(repeat_interleave(data.Test.Pictures.narrow(0, item, 1).cpu(), Enlargement, 1), Enlargement, 2);
        var (truth, said) = (judgement.Classes[judgement.Actual[item]], judgement.Classes[judgement.Predicted[item]]);
        return new Picture(ImageBatch.ToImage(pixels, 0).ToPng(), $"a test picture of the class {truth}")
        {
            Caption = truth == said ? $"{said} {judgement.Confidence[item]:0%}" : $"{said} {judgement.Confidence[item]:0%}, not {truth}",
            Correct = truth == said,
        };
    }

    private static double StandardError(Judgement judgement) => Math.Sqrt(judgement.Accuracy * (1 - judgement.Accuracy) / judgement.Actual.Length);

    private static string Minutes(double seconds) => seconds < 120 ? $"{seconds:0.0} seconds" : $"{seconds / 60:0.0} minutes";
}
