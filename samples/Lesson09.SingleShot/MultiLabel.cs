using DeepCourse.Data;
using DeepCourse.Layers;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection.Loading;

namespace Lesson09.SingleShot;

/// <summary>The lesson's warm-up: which kinds of objects are in the picture, wherever they are.</summary>
internal sealed record MultiLabel(History History, IReadOnlyList<LabelAnswer> Answers, double Accuracy, double MeanPrecision, double Seconds)
{
    private const int FrozenEpochs = 2;
    private const double Length = 0.15;

    /// <summary>From what probability on a kind counts as seen; the course's.</summary>
    internal const double Threshold = 0.4;

    internal static MultiLabel Train(LessonContext lesson, AnnotatedSet set)
    {
        lesson.Stage("Which kinds are in the picture?");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        random.manual_seed(lesson.Seed);
        var body = CspDarknetTiny.Pretrained();
        var pictures = SingleShotRecipes.Sixteen.Prepare(lesson, set, body.Statistics);
        var options = new LoaderOptions(lesson.BatchSize) { Seed = lesson.Seed, Workers = lesson.Workers, Device = lesson.Device, DropLast = true };
        using var boxes = pictures.Load(set.Training, set.Tests[0].Images, options);
        var data = boxes.ForLabels(set.Classes.Count);
        using var model = new Labels(body, set.Classes.Count).to(lesson.Device);
        using var precision = new LabelMeanAveragePrecision(set.Classes.Count);
        Callback[] callbacks =
            [.. lesson.CallbacksFor("labels"), new MetricsRecorder([new ThresholdedAccuracy(Threshold), precision]), new StopOnNaN()];
        using var learner = Learner.Create(data, model, Loss.BinaryCrossEntropy, Optimizers.AdamW(lesson.LearningRate, 0.05), callbacks);
        lesson.Resume(learner, "labels");
        learner.Groups.Freeze();
        learner.FitOneCycle(lesson.Smoke ? 1 : FrozenEpochs, LearningRates.LastGroup(lesson.LearningRate), cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        learner.Groups.Unfreeze();
        var epochs = Math.Max(1, (int)Math.Round(lesson.Epochs * Length));
        learner.FitOneCycle(epochs, LearningRates.Between(lesson.LearningRate / 8, lesson.LearningRate), cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        lesson.Save(learner.History, "labels");
        var last = learner.History.Epochs[^1];
        var answers = new List<LabelAnswer>();
        learner.Predict(data.Validation, (batch, logits) =>
        {
            float[] said = logits.sigmoid().ReadFloats(), truth = batch.Targets.ReadFloats();
            var classes = set.Classes.Count;
            for (var i = 0; i < batch.Size; i++)
                answers.Add(new([.. said.AsSpan(i * classes, classes)], [.. truth.AsSpan(i * classes, classes).ToArray().Select(each => each > 0.5f)]));
        });
        return new(learner.History, answers, last.Value("accuracy by label"), last.Value("mAP by label"), watch.Elapsed.TotalSeconds);
    }

    private sealed class Labels : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly Backbone body;
        private readonly Sequential head;

        internal Labels(Backbone body, int classes) : base(nameof(Labels))
        {
            this.body = body;
            head = Heads.Classifier(body.Channels, classes, 256, 0.25);
            RegisterComponents();
        }

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [.. body.LayerGroups, [head]];

        public override Tensor forward(Tensor images) => head.call(body.call(images));
    }
}

/// <summary>What was said of one test picture, and what is true, kind by kind.</summary>
internal sealed record LabelAnswer(IReadOnlyList<float> Probabilities, IReadOnlyList<bool> Truth);
