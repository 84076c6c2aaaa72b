using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;

namespace DeepCourse.Course;

/// <summary>Lists the catalogue, or fetches one entry.</summary>
internal static class DataSets
{
    public static int List()
    {
        var store = DatasetStore.FromEnvironment();
        foreach (var entry in DatasetCatalogue.All)
        {
            var place = store.Find(entry) is { } folder ? folder : $"not here; {entry.SizeInBytes / 1e6:0} MB from {entry.Source}";
            Console.WriteLine($"{entry.Name}\n    {entry.Title}\n    licence {entry.License}; {entry.HomePage}\n    {place}");
        }
        return ExitCode.Success;
    }

    public static int Fetch(string name)
    {
        try
        {
            var said = "";
            var progress = new Progress<FetchProgress>(p =>
            {
                if (p.Activity == said) return;
                said = p.Activity;
                Console.Error.WriteLine(said);
            });
            Console.WriteLine(DatasetStore.FromEnvironment().Get(DatasetCatalogue.Find(name), progress));
            return ExitCode.Success;
        }
        catch (ArgumentException unknown)
        {
            Console.Error.WriteLine($"error: {unknown.Message}");
            return ExitCode.Usage;
        }
        catch (DatasetUnavailableException unavailable)
        {
            Console.Error.WriteLine($"error: {unavailable.Message}");
            return ExitCode.Fault;
        }
    }
}
