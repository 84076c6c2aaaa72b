namespace DeepCourse.Vision.Backbones;

/// <summary>A network that turns pictures into feature maps, usually pretrained, on which a lesson puts its own head.</summary>
/// <remarks>
/// <para>Called as a module it returns the coarsest map. A model keeps it in a field like any other part, so that its
/// parameters are registered, trained and saved with the model's.</para>
/// <para><b>Extending.</b> Assign the parts to fields named as their checkpoint's keys, call
/// <c>RegisterComponents</c>, and override <see cref="Levels"/>, <see cref="Features"/> and <see cref="LayerGroups"/>.
/// Pictures come normalised by <see cref="Statistics"/>.</para>
/// </remarks>
public abstract class Backbone : Module<Tensor, Tensor>
{
    /// <summary>Names the network.</summary>
    /// <param name="name">Short name, as reports and module summaries show it.</param>
    protected Backbone(string name)
        : base(name)
    {
    }

    /// <summary>The maps of <see cref="Features"/>, from fine to coarse.</summary>
    public abstract IReadOnlyList<FeatureLevel> Levels { get; }

    /// <summary>Channels of the coarsest map.</summary>
    public int Channels => Levels[^1].Channels;

    /// <summary>Pixel statistics of the pictures the network expects, in RGB order.</summary>
    public virtual ImageStatistics Statistics => ImageStatistics.ImageNet;

    /// <summary>
    /// The network's parts from the input on, in groups that are frozen together or get a learning rate of their own.
    /// </summary>
    public abstract IReadOnlyList<IReadOnlyList<Module>> LayerGroups { get; }

    /// <summary>Computes every map.</summary>
    /// <param name="images">Normalised RGB pictures, [batch, 3, height, width].</param>
    /// <returns>One map for each of <see cref="Levels"/>, [batch, channels, height / stride, width / stride], rounded up.</returns>
    public abstract IReadOnlyList<Tensor> Features(Tensor images);
}
