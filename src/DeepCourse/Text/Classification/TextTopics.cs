using DeepCourse.Tensors;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Text.Classification;

/// <summary>Where whole texts lie among the directions in which texts differ: <see cref="LatentSemantics.PlaceOf"/> for
/// batches.</summary>
internal sealed class TextTopics : Module<TextBatch, Tensor>
{
    private readonly Tensor table;

    /// <summary>Zeros for all words.</summary>
    public TextTopics(int words, int count) : base(nameof(TextTopics))
    {
        table = zeros(words, count);
        RegisterComponents();
    }

    /// <summary>Takes what was counted.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public void Use(LatentSemantics semantics)
    {
        if (semantics.Count != table.size(0) || semantics.Size != table.size(1))
            throw new ArgumentException($"{semantics.Size} directions of {semantics.Count} words for {table.size(1)} topics of {table.size(0)} words", nameof(semantics));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        table.copy_(semantics.ToTensor());
    }

    /// <summary>[batch, topics], each row of length 1, or of zeros for a text without known words.</summary>
    public override Tensor forward(TextBatch input)
    {
        using var scope = NewDisposeScope();
        var (words, length) = (table.size(0), input.Tokens.size(1));
        if (length == 0) return zeros([input.Tokens.size(0), table.size(1)], table.dtype, table.device).MoveToOuterDisposeScope();
        // Sorted, the occurrences of a word stand together, and the first of them counts; what fills a text up comes last.
        var tokens = input.Tokens.masked_fill(input.Mask.logical_not(), words).sort(1).Values;
        var counts = tokens.lt(words);
        var differs = tokens.narrow(1, 1, length - 1).ne(tokens.narrow(1, 0, length - 1));
        counts = counts.logical_and(cat([ones_like(counts.narrow(1, 0, 1)), differs], 1));
        var rows = table.index_select(0, tokens.clamp(max: words - 1).reshape(-1)).reshape(tokens.size(0), length, -1);
        var sum = (rows * counts.unsqueeze(2).to(table.dtype)).sum(1);
        return (sum / sum.norm(1, keepdim: true).clamp(min: 1e-12)).MoveToOuterDisposeScope();
    }

    /// <summary>What each token of a text adds to a sum over the text's place. The occurrences of a word share what it adds;
    /// all tokens together add up to the sum.</summary>
    /// <param name="ids">The text.</param>
    /// <param name="weights">How much each direction counts.</param>
    public double[] SharesOf(int[] ids, double[] weights)
    {
        using var scope = NewDisposeScope();
        var occurrences = ids.CountBy(id => id).ToDictionary();
        int[] words = [.. occurrences.Keys];
        var rows = table.detach().cpu().index_select(0, torch.tensor(words.Select(word => (long)word).ToArray())).to(ScalarType.Float64);
        var length = Math.Max(rows.sum([0L]).norm().ReadNumber(), 1e-12);
        var added = words.Zip(rows.mv(torch.tensor(weights)).ReadNumbers()).ToDictionary();
        return [.. ids.Select(id => added[id] / length / occurrences[id])];
    }
}
