using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Text.Corpora;

namespace Lesson10;

/// <summary>Texts to read and texts to judge.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Reading">Texts for the language model, without labels: nothing that is tested is among them.</param>
/// <param name="Training">Texts with labels, to choose a few from.</param>
/// <param name="Test">Texts with labels, to test on.</param>
/// <param name="Classes">The labels.</param>
internal sealed record ReviewSet(
    string Title, IDocuments Reading, IReadOnlyList<Document> Training, IReadOnlyList<Document> Test, IReadOnlyList<string> Classes)
{
    private const string Unlabeled = "unsup";

    /// <summary>A name for files.</summary>
    internal required string Key { get; init; }

    /// <summary>Whether these are the reviews that the lesson's bars are for.</summary>
    internal bool IsReviews { get; init; }

    internal static ReviewSet Load(LessonContext lesson)
    {
        if (lesson.Smoke) return SmallTalk.Reviews(lesson.Seed);
        if (lesson.Data != "folder" && lesson.Path is not null) throw new UsageException("--path is for texts of your own: add --data folder");
        if (lesson.Data == "folder") return Folder(lesson.Path ?? throw new UsageException("--data folder needs the folder that holds train/CLASS/*.txt and test/CLASS/*.txt: --path DIR"));
        var store = DatasetStore.FromEnvironment();
        if (lesson.Data == "mails") return Mails(lesson, store);
        try
        {
            return Folder(store.Get(WebDatasets.Imdb, lesson.Fetching, lesson.Cancellation)) with { Title = "IMDb film reviews", Key = "imdb", IsReviews = true };
        }
        catch (DatasetUnavailableException unavailable)
        {
            lesson.Console.Warn($"{unavailable.Message} Electronic mails are used instead: wanted or spam?");
            lesson.FallBackTo("mails");
            return Mails(lesson, store);
        }
    }

    // As IMDb's reviews lie: a folder for each class in train and in test, and texts without labels in train/unsup.
    private static ReviewSet Folder(string root)
    {
        var train = Path.Combine(root, "train");
        if (!Directory.Exists(train)) throw new UsageException($"{root} has no folder 'train' with a folder of texts for each class");
        string[] all = [.. Directory.EnumerateDirectories(train).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        string[] classes = [.. all.Where(name => name != Unlabeled)];
        if (classes.Length < 2) throw new UsageException($"{train} has {classes.Length} folders of texts; at least two classes are needed");
        FolderDocuments Labeled(string part) => new(Path.Combine(root, part)) { Labeled = true, Folders = classes };
        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(root)), new FolderDocuments(train) { Folders = all }, [.. Labeled("train").Read()], [.. Labeled("test").Read()], classes) { Key = "folder" };
    }

    // Headers tell the mailing list, and with it the answer: only the text counts.
    private static ReviewSet Mails(LessonContext lesson, DatasetStore store)
    {
        var root = Path.Combine(store.Get(PackageDatasets.SpamAssassin, lesson.Fetching, lesson.Cancellation), "package", "data");
        var options = new DocumentOptions { ReplaceUndecodable = true };
        IEnumerable<Document> Of(string label, params string[] folders) => folders
            .SelectMany(folder => new FolderDocuments(Path.Combine(root, folder), options).Read())
            .Select(mail => new Document(mail.Name, Body(mail.Text), label)).Where(mail => !mail.IsEmpty);
        Document[] mails = [.. Of("ham", "easy-ham-1", "easy-ham-2", "hard-ham-1"), .. Of("spam", "spam-1", "spam-2")];
        new Random(1).Shuffle(mails);
        var (test, training) = (mails[..(mails.Length / 3)], mails[(mails.Length / 3)..]);
        return new("Electronic mails of 2002", Documents.Of(training.Select(mail => mail with { Label = null }), "mails"), training, test, ["ham", "spam"]) { Key = "mails" };
    }

    private static string Body(string mail)
    {
        var text = mail.ReplaceLineEndings("\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? "" : text[(end + 2)..];
    }
}
