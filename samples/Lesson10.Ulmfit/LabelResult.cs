using DeepCourse.Lessons;
using DeepCourse.Text.Baselines;

namespace Lesson10;

/// <summary>What a number of labels was good for.</summary>
/// <param name="Labels">How many.</param>
/// <param name="Texts">The texts that have them, and the test texts.</param>
/// <param name="Baseline">Counts words.</param>
/// <param name="BaselineAccuracy">Its share of right answers.</param>
/// <param name="Scratch">A network that has read nothing before.</param>
/// <param name="Topics">No network: what whole texts were counted to have in common.</param>
/// <param name="Pretrained">A network that has read.</param>
internal sealed record LabelResult(
    int Labels, LabeledTexts Texts, TfIdfClassifier Baseline, double BaselineAccuracy, ClassifierResult Scratch, ClassifierResult Topics, ClassifierResult Pretrained) : IDisposable
{
    /// <summary>How many texts everything is tested on.</summary>
    internal const int Tests = 2500;

    internal void Metrics(LessonContext lesson)
    {
        lesson.Metric($"accuracy_tfidf_{Labels}", BaselineAccuracy);
        lesson.Metric($"accuracy_scratch_{Labels}", Scratch.Accuracy);
        lesson.Metric($"accuracy_topics_{Labels}", Topics.Accuracy);
        lesson.Metric($"accuracy_pretrained_{Labels}", Pretrained.Accuracy);
    }

    public void Dispose()
    {
        Scratch.Dispose();
        Topics.Dispose();
        Pretrained.Dispose();
    }
}
