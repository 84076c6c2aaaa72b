using System.Security.Cryptography;
using System.Text.Json;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>
/// The file that says what is in the pictures, and by which a changed or cut set is noticed. Its digest is the SHA-256 of
/// everything else in the file; null in a set that was made before there was one.
/// </summary>
internal sealed record SceneIndex(
    int Version, string Title, List<string> Classes, int Size, bool IsSynthetic, List<SceneEntry> Scenes, string? Digest = null)
{
    internal SceneIndex Sealed() => this with { Digest = ComputeDigest() };

    /// <summary>Checks the annotations by their digest, and every picture and mask by its length: their bytes would take
    /// longer to read than the check is worth.</summary>
    /// <exception cref="JsonException">Something was changed; says what.</exception>
    internal void RequireUnchanged(string folder)
    {
        if (Digest is null) return;
        if (Digest != ComputeDigest()) throw new JsonException("it was changed after it had been written");
        foreach (var scene in Scenes)
        {
            RequireLength(Path.Combine(folder, scene.File + ".jpg"), scene.PictureBytes);
            RequireLength(Path.Combine(folder, scene.File + ".png"), scene.MaskBytes);
        }
    }

    private static void RequireLength(string path, long expected)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new JsonException($"{path} is missing");
        if (file.Length != expected) throw new JsonException($"{path} has {file.Length:N0} bytes instead of {expected:N0}");
    }

    private string ComputeDigest() => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Digest = null })));
}

/// <summary>One scene: its files without their endings, what is in it, and how long the files are.</summary>
internal sealed record SceneEntry(string File, List<ObjectEntry> Objects, long PictureBytes = 0, long MaskBytes = 0);

/// <summary>One object of a scene.</summary>
internal sealed record ObjectEntry(int Class, string Name, float[] Box, int Mask);
