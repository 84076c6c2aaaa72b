using DeepCourse.Vision.Detection.Models;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Detection;

/// <summary>Detectors that need no training.</summary>
public static class Detectors
{
    /// <summary>NanoDet-g for the 80 classes of COCO, with the weights that come with the library.</summary>
    /// <param name="sizeInPixels">Side of the frames that pictures are stretched to: 416 as in training; 320 takes six
    /// tenths of the time. A multiple of 32.</param>
    /// <param name="device">Where it computes; the CPU by default.</param>
    /// <returns>The detector; its classes are <see cref="CocoClasses.Names"/>. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is not a positive multiple of 32.</exception>
    /// <example><code>
    /// using var detector = Detectors.NanoDet();
    /// var objects = detector.Predict(Image.Load("dog.jpg"));
    /// </code></example>
    public static Detector NanoDet(int sizeInPixels = 416, torch.Device? device = null)
    {
        if (sizeInPixels < 32 || sizeInPixels % 32 != 0)
            throw new ArgumentOutOfRangeException(nameof(sizeInPixels), sizeInPixels, "expected a positive multiple of 32");
        return Detector.Of(Models.NanoDet.Pretrained(), CocoClasses.Names, Resize.Squash(sizeInPixels), device);
    }

    /// <summary>A YOLOv3 out of darknet's files, at the size that its configuration names.</summary>
    /// <param name="configPath">Such as <c>yolov3.cfg</c>.</param>
    /// <param name="weightsPath">Such as <c>yolov3.weights</c>.</param>
    /// <param name="classes">The names of its classes, such as <see cref="CocoClasses.Names"/>.</param>
    /// <param name="device">Where it computes; the CPU by default.</param>
    /// <returns>The detector; as darknet does, it keeps the picture's shape and fills the frame with grey. The caller
    /// disposes it.</returns>
    /// <exception cref="DeepCourse.Tensors.DataFormatException">A file is broken, or they do not fit.</exception>
    /// <exception cref="ArgumentException">Another number of names than the network has classes.</exception>
    public static Detector Yolo(
        string configPath, string weightsPath, IReadOnlyList<string> classes, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var model = YoloV3.Load(configPath, weightsPath);
        if (classes.Count == model.Classes)
        {
            var detector = Detector.Of(model, classes, new PadResize(model.Size), device);
            // What darknet fills frames with, and the thresholds that it detects with.
            detector.Border = 128;
            detector.Filter = new() { LeastScore = 0.5, Overlap = 0.45 };
            return detector;
        }

        model.Dispose();
        throw new ArgumentException($"{configPath} has {model.Classes} classes, got {classes.Count} names", nameof(classes));
    }
}
