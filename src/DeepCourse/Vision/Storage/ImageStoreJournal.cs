using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Storage;

/// <summary>How far a build is: everything before is written, everything after may be thrown away.</summary>
/// <param name="Identity">The options; others begin anew.</param>
/// <param name="Done">Pictures written.</param>
/// <param name="Bytes">Bytes of the part that are good.</param>
/// <param name="Unreadable">The pictures that could not be read so far.</param>
internal sealed record ImageStoreJournal(string Identity, int Done, long Bytes, IReadOnlyList<SkippedItem> Unreadable)
{
    /// <summary>What was noted in a file; null where that is of no use.</summary>
    public static ImageStoreJournal? Load(string path, string identity)
    {
        try
        {
            if (!File.Exists(path)) return null;
            var journal = JsonSerializer.Deserialize<ImageStoreJournal>(File.ReadAllBytes(path));
            return journal?.Identity == identity ? journal : null;
        }
        catch (JsonException)
        {
            // Written by something else: the build begins anew, as without a journal.
            return null;
        }
    }

    public void Save(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this));
}
