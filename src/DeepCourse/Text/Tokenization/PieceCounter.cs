using System.Runtime.InteropServices;

namespace DeepCourse.Text.Tokenization;

/// <summary>Counts the pieces of a stream of texts on several threads.</summary>
/// <remarks>Texts are grouped by their lengths alone, and the groups' counts are added in the groups' order: what is
/// forgotten for want of memory doesn't depend on the threads.</remarks>
internal sealed class PieceCounter(BytePairTraining training, IProgress<BytePairProgress>? progress, CancellationToken cancellation)
{
    private const int GroupLength = 1 << 21;

    private readonly SpecialTokenSearch _special = new(training.Options.SpecialTokens);
    private readonly Dictionary<string, long> _total = new(StringComparer.Ordinal);

    internal long Characters { get; private set; }

    internal Dictionary<string, long> Count(IEnumerable<string> documents)
    {
        var pending = new Queue<Task<Dictionary<string, int>>>();
        var group = new List<string>();
        var length = 0L;
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            group.Add(document);
            length += document.Length;
            if (length < GroupLength) continue;
            // One more than works, so that no thread waits for the reader.
            if (pending.Count > training.Workers) Add(pending.Dequeue());
            pending.Enqueue(Start(group));
            Characters += length;
            (group, length) = ([], 0);
        }
        if (group.Count > 0) pending.Enqueue(Start(group));
        Characters += length;
        while (pending.TryDequeue(out var last)) Add(last);
        return _total;
    }

    private Task<Dictionary<string, int>> Start(List<string> group) => Task.Run(() => CountGroup(group), cancellation);

    private Dictionary<string, int> CountGroup(List<string> group)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var document in group)
        {
            cancellation.ThrowIfCancellationRequested();
            var text = document.AsSpan();
            while (_special.TryFind(text, out var at, out var index))
            {
                CountText(text[..at], lookup);
                text = text[(at + training.Options.SpecialTokens[index].Length)..];
            }
            CountText(text, lookup);
        }
        return counts;
    }

    private static void CountText(ReadOnlySpan<char> text, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> counts)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = BytePairPattern.EndOf(text, at);
            CollectionsMarshal.GetValueRefOrAddDefault(counts, text[at..end], out _)++;
            at = end;
        }
    }

    private void Add(Task<Dictionary<string, int>> group)
    {
        foreach (var (piece, count) in group.GetAwaiter().GetResult())
            CollectionsMarshal.GetValueRefOrAddDefault(_total, piece, out _) += count;
        if (_total.Count > training.MaxPieces) Forget();
        progress?.Report(new(Characters, _total.Count, 0));
    }

    // Down to half, so that it happens seldom.
    private void Forget()
    {
        for (var rarest = 1L; _total.Count > training.MaxPieces / 2; rarest++)
            foreach (var (piece, count) in _total)
                if (count <= rarest)
                    _total.Remove(piece);
    }
}
