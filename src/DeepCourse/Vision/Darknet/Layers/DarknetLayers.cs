namespace DeepCourse.Vision.Darknet.Layers;

/// <summary>The kinds of layers, by the words that <c>.cfg</c> files have for them.</summary>
internal static class DarknetLayers
{
    private static readonly Dictionary<string, Func<DarknetPlace, DarknetLayer>> byKind = new(StringComparer.Ordinal)
    {
        ["convolutional"] = DarknetConvolution.Make,
        ["conv"] = DarknetConvolution.Make,
        ["connected"] = DarknetConnected.Make,
        ["conn"] = DarknetConnected.Make,
        ["shortcut"] = DarknetShortcut.Make,
        ["route"] = DarknetRoute.Make,
        ["upsample"] = DarknetUpsample.Make,
        ["maxpool"] = DarknetMaxPool.Make,
        ["max"] = DarknetMaxPool.Make,
        ["avgpool"] = place => new DarknetAveragePool(place),
        ["avg"] = place => new DarknetAveragePool(place),
        ["softmax"] = DarknetSoftmax.Make,
        ["soft"] = DarknetSoftmax.Make,
        ["dropout"] = DarknetDropout.Make,
        ["yolo"] = DarknetYolo.Make,
    };

    /// <summary>Makes the layer of a section.</summary>
    /// <exception cref="Tensors.DataFormatException">An unknown layer, or one that does not fit.</exception>
    public static DarknetLayer Make(DarknetPlace place) => byKind.TryGetValue(place.Section.Kind, out var make)
        ? make(place)
        : throw place.Section.Fault($"unknown layer; expected one of {string.Join(", ", byKind.Keys.Order(StringComparer.Ordinal))}");
}
