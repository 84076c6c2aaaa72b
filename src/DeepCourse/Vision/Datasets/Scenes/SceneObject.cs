using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>One object in a scene.</summary>
/// <param name="Class">Index of its class in <see cref="SceneSet.Classes"/>.</param>
/// <param name="Name">What it shows, such as <c>saxophone</c>.</param>
/// <param name="Box">Around the pixels of it that can be seen, in pixels of the scene.</param>
/// <param name="Mask">The value its visible pixels have in the scene's mask, from 1.</param>
public sealed record SceneObject(int Class, string Name, PixelBox Box, int Mask);
