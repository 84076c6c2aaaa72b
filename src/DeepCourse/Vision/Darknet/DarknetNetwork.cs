using DeepCourse.Tensors;
using DeepCourse.Vision.Darknet.Layers;

namespace DeepCourse.Vision.Darknet;

/// <summary>A network built from a <c>.cfg</c> file of darknet, with random weights (He et al. 2015) until
/// <see cref="DarknetWeights"/> loads others.</summary>
/// <remarks>
/// <para>It answers with the maps of its <c>[yolo]</c> layers in the file's order, not yet through any sigmoid; without
/// such layers, with what its last layer gives. Pictures are RGB in 0..1.</para>
/// <para>Known layers: convolutional, connected, shortcut, route, upsample, maxpool, avgpool, softmax, dropout, yolo.
/// Batch normalisation adds 1e-5 to the variance, as darknet does on a GPU.</para>
/// </remarks>
public sealed class DarknetNetwork : Module<Tensor, IReadOnlyList<Tensor>>
{
    private readonly ModuleList<DarknetLayer> layers;
    private readonly int[] _lastUse;

    /// <summary>Builds every layer.</summary>
    /// <param name="config">The file's sections.</param>
    /// <exception cref="DataFormatException">An unknown layer, an option that makes no sense, or shapes that do not fit;
    /// names file, line and section.</exception>
    public DarknetNetwork(DarknetConfig config)
        : base(Path.GetFileNameWithoutExtension(NameOf(config)))
    {
        (Config, Input) = (config, config.Input);
        var shapes = new List<DarknetShape>();
        var made = new List<DarknetLayer>();
        foreach (var section in config.Layers)
        {
            var layer = DarknetLayers.Make(new(section, made.Count, Input, shapes));
            made.Add(layer);
            shapes.Add(layer.Shape);
        }

        layers = ModuleList([.. made]);
        RegisterComponents();
        Shapes = shapes;
        var scales = made.Where(layer => layer is DarknetYolo).Select(layer => layer.Index).ToArray();
        Outputs = scales.Length > 0 ? scales : [made.Count - 1];
        _lastUse = new int[made.Count];
        foreach (var layer in made)
            foreach (var source in layer.Sources)
                if (source >= 0) _lastUse[source] = layer.Index;
    }

    /// <summary>What it was built from.</summary>
    public DarknetConfig Config { get; }

    /// <summary>The configured shape of a picture.</summary>
    public DarknetShape Input { get; }

    /// <summary>What each layer gives for a picture of the configured size.</summary>
    public IReadOnlyList<DarknetShape> Shapes { get; }

    /// <summary>The numbers of the layers that the network answers with.</summary>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>The layers in order.</summary>
    internal IReadOnlyList<DarknetLayer> Layers => [.. layers];

    /// <inheritdoc/>
    /// <param name="input">Pictures, [batch, channels, height, width]; of other sizes than configured if no layer is
    /// <c>connected</c> or <c>softmax</c>.</param>
    /// <returns>A map for each of <see cref="Outputs"/>, [batch, channels, height, width].</returns>
    /// <exception cref="ShapeException">Another number of channels.</exception>
    public override IReadOnlyList<Tensor> forward(Tensor input) => Run(input, Outputs);

    /// <summary>Computes the answers of some layers, and no layer that comes after the last of them.</summary>
    internal IReadOnlyList<Tensor> Run(Tensor images, IReadOnlyList<int> taps)
    {
        Guard.Shape(images, [Guard.Any, Input.Channels, Guard.Any, Guard.Any], $"[batch, {Input.Channels}, height, width]");
        using var scope = NewDisposeScope();
        var answers = new Tensor[taps.Max() + 1];
        for (var index = 0; index < answers.Length; index++)
        {
            var layer = layers[index];
            answers[index] = layer.call([.. layer.Sources.Select(source => source < 0 ? images : answers[source])]);
            if (!answers[index].requires_grad) Forget(answers, layer, taps);
        }

        return [.. taps.Select(tap => answers[tap].MoveToOuterDisposeScope())];
    }

    // Without gradients a map is of no use once its last reader has run; large networks would keep gigabytes of them.
    private void Forget(Tensor[] answers, DarknetLayer layer, IReadOnlyList<int> taps)
    {
        foreach (var source in layer.Sources.Distinct())
            if (source >= 0 && _lastUse[source] == layer.Index && !taps.Contains(source)) answers[source].Dispose();
    }

    private static string NameOf(DarknetConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Name;
    }
}
