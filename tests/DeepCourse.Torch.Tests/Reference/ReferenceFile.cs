using System.Text.Json;

namespace DeepCourse.Torch.Tests.Reference;

/// <summary>Values that PyTorch computed, from tests/Reference.</summary>
internal static class ReferenceFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static T Read<T>(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "tests", "Reference")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("tests/Reference");
        using var stream = File.OpenRead(Path.Combine(folder, "tests", "Reference", name));
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}
