namespace DeepCourse.Vision.Detection.Models;

/// <summary>A network that finds objects in pictures.</summary>
public interface IDetectionModel
{
    /// <summary>Pixel statistics of the pictures it expects, in RGB order.</summary>
    ImageStatistics Statistics { get; }

    /// <summary>Finds the objects of a batch, without gradients; what the network computes in depends on its mode.</summary>
    /// <param name="images">Pictures normalised by <see cref="Statistics"/>, [batch, 3, height, width].</param>
    /// <param name="filter">Which of the many candidates count.</param>
    /// <returns>The objects of each picture, best first.</returns>
    Detections Detect(Tensor images, DetectionFilter filter);
}
