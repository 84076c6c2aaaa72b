using DeepCourse.Data;
using DeepCourse.Vision.Detection.Models;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection;

/// <summary>A network ready to be asked about pictures: it knows their size, their normalisation and the names of its
/// classes, and answers in the pictures' own pixels.</summary>
public sealed class Detector : IDisposable
{
    private readonly Module _network;
    private readonly IDetectionModel _model;
    private readonly torch.Device _device;

    /// <summary>Puts a network in evaluation mode on a device and takes it over.</summary>
    /// <typeparam name="TModel">The network's type.</typeparam>
    /// <param name="model">The network; disposed with the detector.</param>
    /// <param name="classes">The names of its classes, in its order.</param>
    /// <param name="resize">How pictures become frames of the size that it takes.</param>
    /// <param name="device">Where it computes; the CPU by default.</param>
    /// <returns>The detector.</returns>
    public static Detector Of<TModel>(
        TModel model, IReadOnlyList<string> classes, Resize resize, torch.Device? device = null)
        where TModel : Module, IDetectionModel
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(resize);
        return new(model, model, classes, resize, device ?? torch.CPU);
    }

    private Detector(
        Module network, IDetectionModel model, IReadOnlyList<string> classes, Resize resize, torch.Device device)
    {
        (_network, _model, _device, Classes, Resize) = (network, model, device, classes, resize);
        network.to(device);
        network.eval();
    }

    /// <summary>The names of the classes; <see cref="DetectedObject.Class"/> is an index into them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>How pictures become frames.</summary>
    public Resize Resize { get; }

    /// <summary>Which candidates count as found.</summary>
    /// <value>The default is those with a score above 0.3 that no better one of their class overlaps by more than
    /// 0.6.</value>
    public DetectionFilter Filter { get; set; } = new() { LeastScore = 0.3, Overlap = 0.6 };

    /// <summary>Grey of the borders that padding leaves.</summary>
    /// <value>The default is 114.</value>
    public byte Border { get; set; } = 114;

    /// <summary>Finds the objects of one picture.</summary>
    /// <param name="image">A picture of any size, with 1, 3 or 4 channels.</param>
    /// <returns>The objects in the picture's pixels, clipped to the picture, best first.</returns>
    public IReadOnlyList<DetectedObject> Predict(Image image) => Predict([image])[0];

    /// <summary>Finds the objects of several pictures.</summary>
    /// <param name="images">Pictures of any sizes.</param>
    /// <param name="batchSize">How many go through the network together.</param>
    /// <returns>The objects of each picture, in its own pixels, best first.</returns>
    public IReadOnlyList<IReadOnlyList<DetectedObject>> Predict(IReadOnlyList<Image> images, int batchSize = 16)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return [.. images.Chunk(batchSize).SelectMany(PredictBatch)];
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _network.Dispose();

    private List<IReadOnlyList<DetectedObject>> PredictBatch(Image[] images)
    {
        using var scope = torch.NewDisposeScope();
        // No placement that suits detection is random, but the signature wants a source of chance.
        var random = new Random(0);
        var placements = images.Select(image => Resize.Place(image.Size, random)).ToList();
        var frames = images.Zip(
            placements,
            (image, placement) => placement.Apply(ImageSource.FromImage(image).Open(), ResizeFilter.Bilinear, Border));
        var batch = ImageBatch.ToFloat(ImageBatch.Of([.. frames]).Place(_device), _model.Statistics);
        var found = _model.Detect(batch, Filter);
        return
        [
            .. placements.Select((placement, index) => (IReadOnlyList<DetectedObject>)
            [
                .. found.Of(index, placement.Frame)
                    .Select(item => item with { Box = placement.Restore(item.Box).Clip(images[index].Size) })
                    .Where(item => !item.Box.IsEmpty),
            ]),
        ];
    }
}
