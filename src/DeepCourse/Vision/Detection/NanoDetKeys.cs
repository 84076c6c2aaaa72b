namespace DeepCourse.Vision.Detection;

/// <summary>From the names in the file of NanoDet-g's neck and heads, which have strides in them, to our lists.</summary>
internal static class NanoDetKeys
{
    private static readonly string[] Strides = ["8.", "16.", "32."];

    internal static string? OfNeck(string key) => Rename(key, "lateral", "laterals");

    internal static string? OfHead(string key) => Rename(key, "head", "branches");

    private static string? Rename(string key, string from, string to)
    {
        if (!key.StartsWith(from, StringComparison.Ordinal)) return null;
        var level = Array.FindIndex(Strides, stride => key[from.Length..].StartsWith(stride, StringComparison.Ordinal));
        return level < 0 ? null : $"{to}.{level}.{key[(from.Length + Strides[level].Length)..]}";
    }
}
