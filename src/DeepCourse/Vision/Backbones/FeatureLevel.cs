namespace DeepCourse.Vision.Backbones;

/// <summary>One of the feature maps a backbone makes.</summary>
/// <param name="Stride">Input pixels per cell of the map, along each axis.</param>
/// <param name="Channels">Channels of the map.</param>
public readonly record struct FeatureLevel(int Stride, int Channels);
