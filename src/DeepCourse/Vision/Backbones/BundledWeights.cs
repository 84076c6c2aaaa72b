using DeepCourse.Tensors;
using DeepCourse.Tensors.Formats;

namespace DeepCourse.Vision.Backbones;

/// <summary>The weights that lie inside the library's own assembly.</summary>
internal static class BundledWeights
{
    /// <summary>Loads a bundled file, or the part of it that <paramref name="rename"/> leaves in, into the module it was
    /// made for.</summary>
    /// <exception cref="InvalidOperationException">The assembly was built without the file.</exception>
    internal static void Load(Module module, string file, Func<string, string?>? rename = null)
    {
        var name = $"DeepCourse.Weights.{file}";
        using var stream = typeof(BundledWeights).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without its weights '{file}'.");
        using var scope = NewDisposeScope();
        Weights.Load(module, SafetensorsReader.Read(stream, file), file, strict: true, rename);
    }
}
