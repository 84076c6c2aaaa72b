using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Imaging.Drawing;

namespace Lesson09;

/// <summary>
/// <c>detect --input DIR|FILE [--weights FILE]</c>: finds the objects in a user's pictures, writes the pictures with their
/// boxes into <c>pictures</c>, and everything that was found as COCO's result JSON.
/// </summary>
internal static class DetectCommand
{
    private const int PicturesInReport = 60;
    private static readonly string[] endings = [".jpg", ".jpeg", ".png", ".webp"];

    private static LessonOption<string> Input { get; } = LessonOption.Of("--input", "a picture, or a folder of pictures", "");

    private static LessonOption<double> Threshold { get; } = LessonOption.Of("--threshold", "finds with a lower score are left out", 0.35);

    private static LessonOption<double> NmsOverlap { get; } = LessonOption.Of("--nms-iou", "above this overlap the worse of two finds of a class is dropped", 0.5);

    private static LessonOption<int> MostFinds { get; } = LessonOption.Of("--most", "finds of a picture at most", 100);

    /// <summary>The command for a lesson.</summary>
    /// <param name="recipeOf">From the notes of a weights file to the recipe that made it; null if it is another lesson's.</param>
    internal static LessonCommand For(Func<IReadOnlyDictionary<string, string>, Recipe?> recipeOf) =>
        new("detect", "Finds the objects in pictures of yours: --input DIR|FILE [--weights FILE].", lesson => Run(lesson, recipeOf))
        {
            Options = [Input, Threshold, NmsOverlap, MostFinds],
            HasOwnRuns = true,
        };

    private static void Run(LessonContext lesson, Func<IReadOnlyDictionary<string, string>, Recipe?> recipeOf)
    {
        var files = Files(lesson.Value(Input));
        var filter = new DetectionFilter { LeastScore = Share(Threshold.Name, lesson.Value(Threshold)), Overlap = Share(NmsOverlap.Name, lesson.Value(NmsOverlap)), Most = lesson.Value(MostFinds) };
        var (detector, title) = SavedDetector.Open(lesson, recipeOf);
        using var owner = detector;
        detector.Filter = filter;
        lesson.Stage($"Looking at {files.Length} pictures");
        var (seen, broken, seconds) = Detect(lesson, detector, files);
        Write(lesson, detector, seen);
        lesson.Metric("pictures", seen.Count);
        lesson.Metric("broken_pictures", broken.Count);
        lesson.Metric("objects", seen.Sum(each => each.Found.Count));
        if (seen.Count > 0) lesson.Metric("images_per_second", seen.Count / seconds);
        lesson.Console.Say($"{seen.Sum(each => each.Found.Count)} objects in {seen.Count} pictures, {seen.Count / Math.Max(seconds, 1e-9):0.0} pictures a second, decoding and drawing included");
        Report(lesson, detector, title, seen, broken);
        if (seen.Count == 0) throw new UsageException($"none of the {files.Length} pictures could be read: {broken[0].Reason}");
    }

    private static (List<Seen> Seen, List<(string Path, string Reason)> Broken, double Seconds) Detect(
        LessonContext lesson, Detector detector, string[] files)
    {
        var (seen, broken, watch) = (new List<Seen>(), new List<(string, string)>(), Stopwatch.StartNew());
        var pictures = Directory.CreateDirectory(lesson.Folder.File("pictures")).FullName;
        var stems = files.CountBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary();
        foreach (var chunk in files.Chunk(lesson.BatchSize))
        {
            lesson.Cancellation.ThrowIfCancellationRequested();
            var readable = new List<(string Path, Image Image)>();
            foreach (var path in chunk)
            {
                try
                {
                    readable.Add((path, ImageReader.Read(path)));
                }
                catch (Exception exception) when (exception is DataFormatException or IOException or UnauthorizedAccessException)
                {
                    lesson.Console.Warn(exception.Message);
                    broken.Add((path, exception.Message));
                }
            }
            var found = detector.Predict([.. readable.Select(each => each.Image)], lesson.BatchSize);
            foreach (var ((path, image), objects) in readable.Zip(found))
                AnnotatedPicture.Draw(image, objects, detector.Classes).Save(Path.Combine(pictures, NameFor(path) + ".jpg"));
            seen.AddRange(readable.Zip(found, (each, objects) => new Seen(new(each.Path, each.Image.Size, []), objects)));
        }
        return (seen, broken, watch.Elapsed.TotalSeconds);

        // dog.jpg and dog.png must not become one file.
        string NameFor(string path) => Path.GetFileNameWithoutExtension(path) is var stem && stems[stem] == 1 ? stem : Path.GetFileName(path);
    }

    // The numbers of COCO's own classes have gaps.
    private static void Write(LessonContext lesson, Detector detector, List<Seen> seen)
    {
        var categories = detector.Classes.SequenceEqual(CocoClasses.Names) ? CocoResults.Categories : null;
        var numbers = Numbers([.. seen.Select(each => each.Image.Path)]);
        CocoResults.Write(
            lesson.Folder.File("detections.json"),
            from each in seen.Index()
            from found in each.Item.Found
            select CocoResult.Of(numbers[each.Index], found, categories));
        lesson.Folder.Write(
            "images.json",
            JsonSerializer.Serialize(seen.Select((each, index) => new { id = numbers[index], file_name = Path.GetFileName(each.Image.Path), width = each.Image.Size.Width, height = each.Image.Size.Height })));
    }

    // Pictures of COCO are named by their number; any others are numbered from 1, lest two have the same.
    private static long[] Numbers(string[] paths)
    {
        long[] named = [.. paths.Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
        return named.All(number => number >= 0) && named.Distinct().Count() == named.Length ? named : [.. paths.Select((_, index) => index + 1L)];
    }

    private static void Report(LessonContext lesson, Detector detector, string title, List<Seen> seen, List<(string Path, string Reason)> broken)
    {
        var report = lesson.Report;
        report.Title = "What was found";
        report.Summary = $"{seen.Sum(each => each.Found.Count)} objects in {seen.Count} pictures, found by {title}.";
        report.Images(new ImageGrid("", [.. seen.Take(PicturesInReport).Select(each => TestPictures.Marked(
            each.Image, $"{Path.GetFileName(each.Image.Path)}: {each.Found.Count} objects",
            DetectionFigures.Marks(each.Found, [], detector.Classes, leastScore: 0)))])
        { CellWidth = 420 });
        if (broken.Count > 0) report.Section("Could not be read").Figure(new Table("", ["picture", "why"], [.. broken.Select(each => (IReadOnlyList<string>)[Path.GetFileName(each.Path), each.Reason])]));
    }

    private static string[] Files(string input)
    {
        if (input.Length == 0) throw new UsageException("detect needs pictures: --input holiday.jpg, or --input ~/pictures");
        if (File.Exists(input)) return [input];
        if (!Directory.Exists(input)) throw new UsageException($"--input {input}: there is no such file or folder");
        string[] files = [.. Directory.EnumerateFiles(input).Where(path => endings.Contains(Path.GetExtension(path).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new UsageException($"--input {input}: the folder holds no picture ({string.Join(", ", endings)})");
    }

    private static double Share(string option, double value) =>
        value is >= 0 and <= 1 ? value : throw new UsageException($"{option} {value}: expected a number from 0 to 1");

    /// <summary>A picture and what was found in it.</summary>
    private sealed record Seen(AnnotatedImage Image, IReadOnlyList<DetectedObject> Found);
}
