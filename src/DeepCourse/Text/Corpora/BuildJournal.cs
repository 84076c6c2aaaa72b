using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>How far a build is: everything before is written, everything after may be thrown away.</summary>
/// <param name="Identity">What the build depends on, apart from the documents; another identity begins anew.</param>
/// <param name="Read">Documents of the corpus that are done, empty ones counted.</param>
/// <param name="SourceChecksum">Of those documents.</param>
/// <param name="Documents">Documents written.</param>
/// <param name="Tokens">Tokens written.</param>
/// <param name="TokensChecksum">Of the tokens' bytes.</param>
/// <param name="Labels">Names of labels in the order in which they came.</param>
internal sealed record BuildJournal(
    string Identity, long Read, uint SourceChecksum, long Documents, long Tokens, uint TokensChecksum, IReadOnlyList<string> Labels)
{
    /// <summary>What was noted in a file; null where that is of no use.</summary>
    public static BuildJournal? Load(string path, string identity)
    {
        try
        {
            if (!File.Exists(path)) return null;
            var journal = JsonSerializer.Deserialize<BuildJournal>(File.ReadAllBytes(path));
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
