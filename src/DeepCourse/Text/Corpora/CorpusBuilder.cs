using System.Collections.Concurrent;
using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>Makes a token file of documents: texts are cut and numbered by several threads and written in their order,
/// with only a few of them in memory at a time.</summary>
/// <remarks>
/// The file appears whole or not at all. Until then its parts lie beside it (<c>.part</c>): when a build was interrupted
/// and the same is asked for again, it goes on where it was, as long as the documents up to there are the same. The
/// bytes of the file depend on documents, encoder and labels alone, not on threads or interruptions.
/// </remarks>
/// <param name="encoder">Numbers the tokens.</param>
/// <param name="options">Threads and labels; by default <see cref="CorpusOptions"/> as it is made.</param>
public sealed class CorpusBuilder(ITextEncoder encoder, CorpusOptions? options = null)
{
    private const string Activity = "encoding";
    private readonly CorpusOptions _options = (options ?? CorpusOptions.Default).Checked();

    /// <summary>Opens a token file that is there, or builds it.</summary>
    /// <param name="documents">What to build it of.</param>
    /// <param name="path">Where it is, or should be.</param>
    /// <param name="progress">Told how far the build is.</param>
    /// <param name="cancellation">Interrupts the build.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="DataFormatException">The file is there, but damaged or made by another encoder; or the documents
    /// can't be read.</exception>
    /// <remarks>A file that is there is not compared with the documents.</remarks>
    public TokenFile OpenOrBuild(
        IDocuments documents, string path, IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default) =>
        File.Exists(path) ? TokenFile.Open(path, encoder) : Build(documents, path, progress, cancellation);

    /// <summary>Builds a token file, or goes on with an interrupted build.</summary>
    /// <param name="documents">Each document once; empty ones are skipped and counted.</param>
    /// <param name="path">The file to make or to replace; its folder is made too.</param>
    /// <param name="progress">Told how far the build is, on the calling thread.</param>
    /// <param name="cancellation">Interrupts the build; what is done is kept for the next time.</param>
    /// <returns>The file; the caller disposes it.</returns>
    /// <exception cref="DataFormatException">A document can't be read, a label is missing, or there is no
    /// document.</exception>
    /// <exception cref="OperationCanceledException">The build was interrupted.</exception>
    public TokenFile Build(
        IDocuments documents, string path, IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var journal = BuildJournal.Load(TokenFileWriter.JournalOf(path), Identity);
        if (journal != null && !TokenFileWriter.Holds(path, journal, TokenFileHeader.WidthFor(encoder.Vocabulary.Count))) journal = null;
        // Documents that were changed since show only when the old ones have been gone through: then all is done anew.
        if (!TryBuild(documents, path, journal, progress, cancellation)) TryBuild(documents, path, null, progress, cancellation);
        return TokenFile.Open(path, encoder);
    }

    private string Identity => JsonSerializer.Serialize(new
    {
        encoder.Fingerprint,
        encoder.Vocabulary.Count,
        Labels = _options.Labels.ToString(),
        _options.LabelNames,
    });

    private bool TryBuild(
        IDocuments documents, string path, BuildJournal? journal, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var labels = new LabelNumbers(documents.Name, _options, journal?.Labels ?? []);
        using var writer = new TokenFileWriter(path, encoder, labels, Identity, journal);
        var noted = writer.Tokens;
        var total = documents.TotalBytes;
        var done = new ConcurrentBag<EncodedChunk>();
        using var chunks = DocumentChunk.Cut(documents).GetEnumerator();
        if (journal != null && !Skip(documents.Name, chunks, journal, progress, cancellation)) return false;
        try
        {
            OrderedWork.Run(Remaining(chunks), Encode, Write, _options.Threads, cancellation);
        }
        catch
        {
            Note(writer);
            throw;
        }
        if (writer.Documents == 0)
            throw new DataFormatException(documents.Name, $"has no documents; {writer.Read} that were empty have been skipped");
        writer.Finish();
        return true;

        EncodedChunk Encode(DocumentChunk chunk)
        {
            if (!done.TryTake(out var encoded)) encoded = new();
            encoded.Encode(chunk, encoder);
            return encoded;
        }

        void Write(EncodedChunk chunk)
        {
            writer.Write(chunk);
            if (writer.Tokens - noted >= _options.TokensInPart)
            {
                writer.SaveJournal();
                noted = writer.Tokens;
            }
            progress?.Report(new(documents.Name, Activity, writer.Documents, writer.Tokens, chunk.Source.BytesDone, total));
            if (chunk.IsReusable) done.Add(chunk);
        }
    }

    // Goes through the documents that are done; false if they are not those that were encoded.
    private static bool Skip(
        string name, IEnumerator<DocumentChunk> chunks, BuildJournal journal, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        if (journal.Read == 0) return true;
        while (chunks.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            var chunk = chunks.Current;
            if (chunk.Read < journal.Read) continue;
            if (chunk.Read > journal.Read || chunk.Checksum != journal.SourceChecksum) return false;
            progress?.Report(new(name, "continuing", journal.Documents, journal.Tokens, chunk.BytesDone));
            return true;
        }
        return false;
    }

    private static void Note(TokenFileWriter writer)
    {
        try
        {
            writer.SaveJournal();
        }
        catch (IOException)
        {
            // The disk is full, most likely, and the error under way says so; an older journal is still there.
        }
    }

    private static IEnumerable<DocumentChunk> Remaining(IEnumerator<DocumentChunk> chunks)
    {
        while (chunks.MoveNext()) yield return chunks.Current;
    }
}
