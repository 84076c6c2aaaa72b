using System.Collections.Concurrent;
using DeepCourse.Data;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Corpora;

/// <summary>Counts the tokens of a corpus, as a vocabulary needs it.</summary>
public static class CorpusCounting
{
    /// <summary>Counts tokens by several threads, with only a few documents in memory at a time.</summary>
    /// <param name="documents">Empty ones are not counted.</param>
    /// <param name="tokenizer">Cuts the texts.</param>
    /// <param name="threads">Threads that cut and count, by default as many as processors; the counts are the same at any
    /// number.</param>
    /// <param name="limit">The greatest number of distinct tokens to remember.</param>
    /// <param name="progress">Told how far it is, on the calling thread.</param>
    /// <param name="cancellation">Ends the counting.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TokenCounts CountTokens(
        this IDocuments documents,
        ITokenizer tokenizer,
        int? threads = null,
        int limit = TokenCounts.DefaultLimit,
        IProgress<CorpusProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(tokenizer);
        var workers = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1, nameof(threads));
        var counts = new TokenCounts(limit);
        var total = documents.TotalBytes;
        var spare = new ConcurrentBag<(TokenBuffer Tokens, TokenCounts Counts)>();
        OrderedWork.Run(DocumentChunk.Cut(documents), Count, Merge, workers, cancellation);
        return counts;

        (DocumentChunk Chunk, (TokenBuffer Tokens, TokenCounts Counts) Memory) Count(DocumentChunk chunk)
        {
            if (!spare.TryTake(out var memory)) memory = (new(), new(int.MaxValue));
            memory.Counts.Clear();
            foreach (var document in chunk.Documents)
            {
                memory.Tokens.Clear();
                tokenizer.Tokenize(document.Text, memory.Tokens);
                memory.Counts.Add(memory.Tokens);
                memory.Counts.Documents++;
            }
            return (chunk, memory);
        }

        void Merge((DocumentChunk Chunk, (TokenBuffer Tokens, TokenCounts Counts) Memory) done)
        {
            counts.Merge(done.Memory.Counts);
            progress?.Report(new(documents.Name, "counting", counts.Documents, counts.Total, done.Chunk.BytesDone, total));
            spare.Add(done.Memory);
        }
    }
}
