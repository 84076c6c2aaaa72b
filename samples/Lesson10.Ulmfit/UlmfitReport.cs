using DeepCourse.Lessons;
using DeepCourse.Metrics;
using DeepCourse.Reporting;
using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Generation;
using DeepCourse.Text.Transfer;
using DeepCourse.Text.Vectors;
using DeepCourse.Training;

namespace Lesson10;

/// <summary>What the reader sees: what the reading bought, and which words drive the answers.</summary>
internal static class UlmfitReport
{
    private const int LongestShown = 90;
    private const int TermsShown = 12;
    private const int DirectionsShown = 6;
    // Words that stand beside everything.
    private const int MostCommon = 150;
    private static readonly (string Name, Func<LabelResult, double> Accuracy)[] ways =
    [
        ("word counts", result => result.BaselineAccuracy),
        ("read nothing", result => result.Scratch.Accuracy),
        ("topics alone", result => result.Topics.Accuracy),
        ("all read", result => result.Pretrained.Accuracy),
    ];

    private static readonly string[] prompts = ["This film", "The acting was", "I would recommend"];

    internal static void Write(LessonContext lesson, ReviewSet reviews, ReviewCorpus corpus, PretrainedLanguageModel english, WordVectors? vectors, ReviewReader reader, IReadOnlyList<LabelResult> results)
    {
        var (report, best) = (lesson.Report, results[^1]);
        if (lesson.Smoke)
        {
            report.Title += " (synthetic data)";
            report.Notice = "The texts are generated sentences: the figures say nothing about real texts.";
        }
        report.Summary = $"A language model reads {reader.Result.Tokens:N0} words of {reviews.Title} without a single label. Then it learns from {string.Join(" and ", results.Select(result => result.Labels))} labels what a network that has read nothing cannot. What whole texts have in common is counted, too, and alone reaches {best.Topics.Accuracy:0.0%} with {best.Labels}: the language model adds {best.Pretrained.Accuracy - best.Topics.Accuracy:+0.0%;−0.0%} to that.";
        report.Fact("data", reviews.Title).Fact("read", $"{reader.Result.Tokens:N0} tokens").Fact("vocabulary", $"{corpus.Encoder.Vocabulary.Count:N0}")
            .Fact("tested on", $"{best.Texts.Test.Count:N0} texts").Fact("device", $"{lesson.Device}, {lesson.Options.Precision}");
        Cards(report, reviews, best);
        Comparison(report, results);
        Words(report, best);
        Confidence(report, best);
        if (corpus.Topics(lesson) is { } topics) Topics(report, corpus, topics, best);
        if (vectors is not null) Company(report, corpus, vectors, best);
        Language(lesson, corpus, english, reader);
        foreach (var result in results) Training(report, result);
    }

    private static void Cards(HtmlReport report, ReviewSet reviews, LabelResult best)
    {
        double? bar = reviews.IsReviews ? Math.Max(best.BaselineAccuracy, best.Scratch.Accuracy + 0.05) : null;
        report.Metric(new MetricCard($"accuracy with {best.Labels} labels", best.Pretrained.Accuracy, bar) { Format = "0.0%", Note = "to beat: word counts, and a network that read nothing by 5 points" });
        report.Metric(new MetricCard("without reading", best.Scratch.Accuracy) { Format = "0.0%", Note = "the network at random first, with words in place of topics, all layers learning" });
        report.Metric(new MetricCard("topics alone", best.Topics.Accuracy) { Format = "0.0%", Note = "whole texts counted, no network" });
        report.Metric(new MetricCard("word counts", best.BaselineAccuracy) { Format = "0.0%", Note = "tf-idf and logistic regression" });
    }

    private static void Comparison(HtmlReport report, IReadOnlyList<LabelResult> results)
    {
        report.Section("What reading is worth", "All learned from the same labels and are judged on the same texts.");
        report.Columns(
            new BarChart(
                "Accuracy", [.. results.Select(result => $"{result.Labels} labels")],
                [.. ways.Select(way => new BarSeries(way.Name, [.. results.Select(way.Accuracy)]))])
            { Format = "0.0%" },
            new Table(
                "Accuracy, and how far chance alone moves it (one standard error of the test)",
                ["", .. results.Select(result => $"{result.Labels} labels")],
                [.. ways.Select(way => (IReadOnlyList<string>)[way.Name, .. results.Select(result => Shown(way.Accuracy(result)))])]));

        string Shown(double accuracy) => $"{accuracy:0.0%} ± {Math.Sqrt(accuracy * (1 - accuracy) / results[0].Texts.Test.Count):0.0%}";
    }

    // The surest right answers, the surest wrong ones, each word shaded by what it does to the answer.
    private static void Words(HtmlReport report, LabelResult best)
    {
        var (result, texts) = (best.Pretrained, best.Texts);
        var shown = Enumerable.Range(0, texts.Test.Count).Where(text => texts.Tested.LengthOf(text) <= LongestShown).ToArray();
        var right = shown.Where(text => result.Answer(text) == result.Labels[text]).OrderByDescending(text => result.Probabilities[text].Max());
        var wrong = shown.Where(text => result.Answer(text) != result.Labels[text]).OrderByDescending(text => result.Probabilities[text].Max());
        report.Section("The words that drive it", "Each word is hidden in turn: how much do the odds of the answer fall?");
        report.Figure(Shaded("Right, and sure of it", texts.Classes.SelectMany((_, label) => right.Where(text => result.Labels[text] == label).Take(2))));
        report.Figure(Shaded("Wrong, and sure of it", wrong.Take(4)));
        report.Details("What counting words goes by", details => details.Figure(new Table(
            "The terms with the largest weights", texts.Classes,
            [.. Enumerable.Range(0, TermsShown).Select(row => (IReadOnlyList<string>)[.. texts.Classes.Select((_, label) => best.Baseline.Strongest(label, TermsShown)[row].Term)])])));

        ShadedText Shaded(string title, IEnumerable<int> chosen) => new(
            title, [.. chosen.Select(text => result.Predictor.Occlude(texts.Test[text].Text).ToPassage(texts.Test[text].Label))]);
    }

    // What whole texts have in common, and which of it the labels are about.
    private static void Topics(HtmlReport report, ReviewCorpus corpus, LatentSemantics topics, LabelResult best)
    {
        var vocabulary = corpus.Encoder.Vocabulary;
        var places = Enumerable.Range(0, best.Texts.Training.DocumentCount).Select(text => topics.PlaceOf(best.Texts.Training.TokensOf(text))).ToArray();
        var labels = best.Texts.FewLabels.ToArray();
        var shares = Enumerable.Range(0, topics.Size).Select(direction => Explained([.. places.Select(place => (double)place[direction])], labels)).ToArray();
        report.Section(
            "What whole texts have in common",
            "The directions in which the texts that were read differ most, found by counting which words share a text, and the words at their ends. Nobody said what they are about; the labels only tell which of them matter: how much of the variance along a direction is between the classes.");
        report.Figure(new Table(
            $"The directions that {best.Labels} labels are about, of {topics.Size}", ["direction", "explained by the labels", "one end", "other end"],
            [
                .. Enumerable.Range(0, topics.Size).OrderByDescending(direction => shares[direction]).Take(DirectionsShown).Select(direction => (IReadOnlyList<string>)
                [
                    $"{direction + 1}", $"{shares[direction]:0%}", Words(direction, negative: false), Words(direction, negative: true),
                ]),
            ]));

        string Words(int direction, bool negative) => topics.Strongest(direction, TermsShown, negative) is { Count: > 0 } words ? string.Join(", ", words.Select(word => vocabulary[word])) : "–";
    }

    // The share of the variance that is between the classes.
    private static double Explained(double[] values, int[] labels)
    {
        var mean = values.Average();
        var between = values.Zip(labels).GroupBy(pair => pair.Second).Sum(group => group.Count() * Math.Pow(group.Average(pair => pair.First) - mean, 2));
        return between / Math.Max(values.Sum(value => Math.Pow(value - mean, 2)), 1e-12);
    }

    // What counting alone knows of the words that the baseline goes by.
    private static void Company(HtmlReport report, ReviewCorpus corpus, WordVectors vectors, LabelResult best)
    {
        var vocabulary = corpus.Encoder.Vocabulary;
        string[] words =
        [
            .. best.Texts.Classes.SelectMany((_, label) => best.Baseline.Strongest(label, 10 * TermsShown)
                .Select(term => term.Term).Where(term => vocabulary.Contains(term) && vocabulary.IndexOf(term) >= MostCommon).Take(TermsShown / 2)),
        ];
        report.Section("The company of words", "Words that stand among the same words, by their vectors before the model reads: nobody said which of them praise.");
        report.Figure(new Table(
            "The nearest of some words, with the cosine of the angle", ["word", "nearest"],
            [.. words.Select(word => (IReadOnlyList<string>)[word, string.Join(", ", vectors.Nearest(vocabulary.IndexOf(word), 7).Select(near => $"{vocabulary[near.Word]} {near.Cosine:0.00}"))])]));
    }

    // Of the answers given with 90 % confidence nine of ten should be right.
    private static void Confidence(HtmlReport report, LabelResult best)
    {
        using var scope = NewDisposeScope();
        var (result, calibration) = (best.Pretrained, new CalibrationError());
        var logits = result.Probabilities.SelectMany(text => text.Select(probability => (float)Math.Log(Math.Max(probability, 1e-12)))).ToArray();
        calibration.Update(tensor(logits, [result.Labels.Count, best.Texts.Classes.Count]), tensor(result.Labels.Select(label => (long)label).ToArray()));
        report.Details($"Is it as sure as it should be? It is off by {calibration.Value:0.0%}", details => details.Figure(calibration.Figure()));
    }

    private static void Language(LessonContext lesson, ReviewCorpus corpus, PretrainedLanguageModel english, ReviewReader reader)
    {
        var report = lesson.Report;
        report.Section("What it reads like", "The same beginnings, continued by the model that knows general English and by the one that has read the reviews too.");
        using var before = english.Create();
        using var after = reader.Model.Create();
        var general = new WordEncoder(corpus.Encoder.Tokenizer, english.Vocabulary);
        var sampling = new Sampling { Temperature = 0.8, TopP = 0.9 };
        report.Figure(new Table(
            "Drawn from the predictions, the least probable words left out", ["beginning", "general English", "and reviews"],
            [
                .. prompts.Select(prompt => (IReadOnlyList<string>)
                [
                    prompt, new TextGenerator(before, general).Generate(prompt, 40, sampling, lesson.Seed), new TextGenerator(after, corpus.Encoder).Generate(prompt, 40, sampling, lesson.Seed),
                ]),
            ]));
        report.Columns(reader.Result.History.LossChart("Loss of the language model"), reader.Result.History.RateChart());
        var known = reader.Transfer is { } transfer ? $" The general model knew {transfer.Found:N0} of the {transfer.Tokens:N0} words of the reviews." : "";
        report.Text($"Perplexity on reviews that were kept apart: {reader.Result.Perplexity:0.0}, at {reader.Result.Tokens / reader.Result.Seconds:N0} tokens a second.{known}");
    }

    private static void Training(HtmlReport report, LabelResult result) => report.Details(
        $"How it learned: {result.Labels} labels",
        details => details.Columns([.. Learned(result).Select(pair => pair.History.LossChart(pair.Title))]));

    // Whose head was fitted at once has no history.
    private static IEnumerable<(string Title, History History)> Learned(LabelResult result) =>
        new[] { ("Read nothing", result.Scratch.History), ("All read", result.Pretrained.History) }.Where(pair => pair.Item2.Epochs.Count > 0);
}
