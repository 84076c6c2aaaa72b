using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Vision.Classification;
using DeepCourse.Vision.Datasets;

namespace Lesson12;

/// <summary>The lesson's pictures, on the device as a whole.</summary>
internal sealed class PictureData : IDisposable
{
    private const int TestBatch = 1000;

    private readonly PictureSets _sets;
    private readonly LessonContext _lesson;

    private PictureData(PictureSets sets, LessonContext lesson) => (_sets, _lesson, Statistics) = (sets, lesson, sets.Training.Statistics());

    internal LabeledPictures Training => _sets.Training;

    internal LabeledPictures Test => _sets.Test;

    internal IReadOnlyList<string> Classes => Training.Classes;

    internal string Title => Training.Title;

    /// <summary>Mean and deviation of the training pictures' channels.</summary>
    internal (double[] Mean, double[] Deviation) Statistics { get; }

    /// <summary>What the figures are measured on, for people.</summary>
    internal bool IsSynthetic => Title.StartsWith("painted", StringComparison.Ordinal);

    internal static PictureData Load(LessonContext lesson)
    {
        if (lesson.Path is not null) throw new UsageException("--path: this lesson has its own data sets, see --data");
        return new(Find(lesson).To(lesson.Device), lesson);
    }

    /// <summary>Batches for a recipe.</summary>
    internal Loaders<Tensor, Tensor> Loaders(Recipe recipe, int seed)
    {
        // Smaller pictures than the set's own are made of them; the sizes of the recipe are those.
        int SizeIn(int epoch) => recipe.SizeInEpoch(epoch);
        var train = new PictureLoader(Training, Statistics, new(Math.Min(_lesson.PartOf(recipe.BatchSize), Training.Count))
        {
            IsTraining = true,
            Shard = _lesson.Shard,
            Augmentation = recipe.Augmentation,
            Seed = seed,
            SizeInEpoch = SizeIn,
        });
        // A record is timed without looking at the test pictures.
        return new(train, recipe.Validates ? TestLoader(recipe.Size, new(_lesson.Shard.Rank, _lesson.Shard.WorldSize, ShardRemainder.Spread)) : new NoBatches<Tensor, Tensor>());
    }

    /// <summary>The test pictures in their order.</summary>
    /// <param name="size">Height and width to look at them with.</param>
    /// <param name="shard">The part that this process looks at; null for all of them.</param>
    internal PictureLoader TestLoader(int size, Shard? shard = null) => new(Test, Statistics, new(TestBatch) { SizeInEpoch = _ => size, Shard = shard ?? Shard.Whole });

    /// <summary>Some training pictures from everywhere in the set: CIFAR-10 as a folder lies class by class.</summary>
    /// <param name="count">How many.</param>
    /// <param name="size">Their height and width.</param>
    /// <returns>As a network sees them, on the lesson's device.</returns>
    internal Tensor Sample(int count, int size)
    {
        var step = Training.Count / count;
        using var some = Training.InOrder([.. Enumerable.Range(0, count).Select(index => index * step)]);
        using var loader = new PictureLoader(some, Statistics, new(count) { SizeInEpoch = _ => size });
        return loader.Batches(0).First().Inputs;
    }

    public void Dispose() => _sets.Dispose();

    private static PictureSets Find(LessonContext lesson)
    {
        if (lesson.Smoke) return new(PaintedPatterns.Paint(600, seed: lesson.Seed), PaintedPatterns.Paint(200, seed: lesson.Seed + 1));
        var store = DatasetStore.FromEnvironment();
        if (lesson.Data == "cifar10")
        {
            try
            {
                return Cifar10.Load(store, lesson.Workers, lesson.Fetching, lesson.Cancellation);
            }
            catch (DatasetUnavailableException unavailable)
            {
                lesson.Console.Warn($"{unavailable.Message} Fashion-MNIST is used instead.");
                lesson.FallBackTo("fashion");
            }
        }
        return FashionMnist.Load(store, lesson.Fetching, lesson.Cancellation);
    }
}
