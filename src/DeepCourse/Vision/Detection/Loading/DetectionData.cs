using DeepCourse.Data;
using DeepCourse.Vision.Augmentation;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>How annotated pictures become batches for a detector: pictures, normalised, with their boxes.</summary>
/// <remarks>Batches follow from the loader's seed, the epoch and the batch alone, at any number of workers. Inputs are
/// float32, [batch, 3, height, width]. A box stays with its picture through everything that happens to it.</remarks>
/// <param name="Resize">How pictures become frames of one size: squashed, or with borders
/// (<see cref="PadResize.Around"/>).</param>
public sealed record DetectionData(Resize Resize)
{
    /// <summary>What the network wants its inputs normalised with; borders have their mean colour.</summary>
    /// <value>The default is ImageNet's.</value>
    public ImageStatistics Statistics { get; init; } = ImageStatistics.ImageNet;

    /// <summary>What may happen to whole batches for training, on their device: mirror, turn, light, colours.</summary>
    /// <value>The default is nothing.</value>
    public Augmenter Augmenter { get; init; } = Augmenter.None;

    /// <summary>Which parts of pictures are seen for training, in this order: <see cref="ZoomOut"/>, then
    /// <see cref="OverlapCrop"/>, as in SSD.</summary>
    /// <value>The default is the whole picture always.</value>
    public IReadOnlyList<ViewAugmentation> Views { get; init; } = [];

    /// <summary>Whether some frames for training hold four pictures, to which <see cref="Views"/> do not apply.</summary>
    /// <value>The default is none.</value>
    public Mosaic? Mosaic { get; init; }

    /// <summary>Whether batches for training come in several sizes.</summary>
    /// <value>The default is the frame's size always.</value>
    public MultiScale? Scales { get; init; }

    /// <summary>The share of a box's area that has to stay in sight; with less, the object is left out. Workers keep an
    /// object with its middle in sight all the same.</summary>
    /// <value>The default is a quarter.</value>
    public double LeastVisible { get; init; } = Placement.DefaultLeastVisible;

    /// <summary>What turning and shifting whole batches uncovers beyond a picture's edge. A mirror image would show
    /// objects without boxes.</summary>
    /// <value>The default is black.</value>
    public GridSamplePaddingMode Outside { get; init; } = GridSamplePaddingMode.Zeros;

    /// <summary>Decodes each picture only once and keeps it in memory, at so many times the size it has in a frame, but
    /// never enlarged: 1 loses nothing where pictures are only resized; crops stay sharp with 2 or more.</summary>
    /// <value>The default decodes each time.</value>
    public double? CacheScale { get; init; }

    /// <summary>The kernel of the resize.</summary>
    /// <value>The default is <see cref="ResizeFilter.Bilinear"/>, antialiased.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Makes the two loaders of a run: augmented and shuffled for training, plain and in order for
    /// validation.</summary>
    /// <param name="training">Pictures to learn from.</param>
    /// <param name="validation">Pictures to judge by, with the same classes.</param>
    /// <param name="options">Batch size, seed, workers, device. The sampler is for training; the default, sequential,
    /// means shuffled here. Training drops a smaller last batch if asked, validation never does.</param>
    /// <returns>The loaders.</returns>
    /// <exception cref="ArgumentException">The two sets have other classes.</exception>
    public Loaders<Tensor, DetectionTargets> Load(
        AnnotatedImages training, AnnotatedImages validation, LoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        if (!training.Classes.SequenceEqual(validation.Classes))
            throw new ArgumentException(
                $"expected the classes of training ({string.Join(", ", training.Classes)}), "
                + $"got {string.Join(", ", validation.Classes)}", nameof(validation));
        return new(
            LoadForTraining(training, options.ForTraining()),
            LoadPlain(validation, options.ForValidation()));
    }

    /// <summary>Makes one loader with all that may happen for training, in the order the options say.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="options">Batch size, order, seed, workers, device.</param>
    /// <returns>The loader.</returns>
    public ILoader<Tensor, DetectionTargets> LoadForTraining(AnnotatedImages images, LoaderOptions options) =>
        Scales is { } scales
            ? new MultiScaleLoader<DetectionTargets>(Augmented(images, options), scales, options.Seed)
            : Augmented(images, options);

    /// <summary>Makes one loader that only resizes and normalises, in the order the options say.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="options">Batch size, order, seed, workers, device.</param>
    /// <returns>The loader.</returns>
    public ILoader<Tensor, DetectionTargets> LoadPlain(AnnotatedImages images, LoaderOptions options) =>
        Load(images, options, Augmenter.None, isForTraining: false);

    /// <summary>Where a picture lies in its frame, without augmentation.</summary>
    /// <param name="picture">The picture's size.</param>
    /// <returns>The placement; <see cref="Placement.Restore(PixelBox)"/> brings boxes back.</returns>
    public Placement PlacementOf(PixelSize picture) => Resize.Place(picture, new Random(0));

    /// <summary>Reads what was found in one plain frame, in the pixels of the picture that was put into it.</summary>
    /// <param name="detections">What a detector found in a batch.</param>
    /// <param name="index">Which picture, from 0.</param>
    /// <param name="picture">The picture's own size.</param>
    /// <returns>The objects, best first; what lies in the borders is cut off, and left out if nothing remains.</returns>
    public IReadOnlyList<DetectedObject> Restore(Detections detections, int index, PixelSize picture)
    {
        ArgumentNullException.ThrowIfNull(detections);
        var placement = PlacementOf(picture);
        return
        [
            .. from found in detections.Of(index, Resize.Frame)
               let box = placement.Restore(found.Box).Clip(picture)
               where !box.IsEmpty
               select found with { Box = box },
        ];
    }

    private AugmentedLoader<DetectionTargets> Augmented(AnnotatedImages images, LoaderOptions options) =>
        Load(images, options, Augmenter, isForTraining: true);

    private AugmentedLoader<DetectionTargets> Load(
        AnnotatedImages images, LoaderOptions options, Augmenter augmenter, bool isForTraining)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        var source = new ObjectSource(images, this, isForTraining);
        var loader = new Loader<EncodedPair<EncodedImage, LabeledBox[]>, Tensor, DetectionTargets>(
            source, source.Collate, options);
        return new(
            loader, augmenter, Statistics, options.Seed, (targets, draw) => targets.Move(draw, LeastVisible), Outside);
    }
}
