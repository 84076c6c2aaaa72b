namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[avgpool]</c>: the mean of each channel.</summary>
internal sealed class DarknetAveragePool(DarknetPlace place)
    : DarknetLayer(place, new(place.Input.Channels, 1, 1))
{
    public override Tensor forward(IReadOnlyList<Tensor> inputs) => functional.adaptive_avg_pool2d(inputs[0], 1);
}
