namespace DeepCourse.Text.Transfer;

/// <summary>Where the rows of a new vocabulary come from: from the same token of the old one, or from the mean of all.</summary>
internal sealed class VocabularyMap
{
    private readonly long[] _rows;

    public VocabularyMap(TokenVocabulary from, TokenVocabulary to)
    {
        // One row after the last there will be the mean.
        _rows = [.. to.Select(token => from.Contains(token) ? from.IndexOf(token) : (long)from.Count)];
        string[] unseen = [.. to.Where(token => !from.Contains(token))];
        Report = new(to.Count, to.Count - unseen.Length, unseen);
    }

    public TransferReport Report { get; }

    /// <summary>Reorders rows.</summary>
    /// <param name="rows">[old tokens, ...].</param>
    /// <returns>[new tokens, ...].</returns>
    public Tensor Apply(Tensor rows)
    {
        using var scope = NewDisposeScope();
        if (rows.dtype != ScalarType.Float64) rows = rows.to(ScalarType.Float32);
        var extended = cat([rows, rows.mean([0], keepdim: true)], 0);
        return extended.index_select(0, torch.tensor(_rows)).MoveToOuterDisposeScope();
    }
}
