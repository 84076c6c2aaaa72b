using System.Runtime.InteropServices;
using DeepCourse.Data;

namespace DeepCourse.Text.Loading;

/// <summary>Texts of several lengths side by side, filled up at the end to the longest.</summary>
/// <param name="Tokens">int64, [batch, length]: numbers of tokens, then the number of the padding.</param>
/// <param name="Lengths">int64, [batch]: the tokens of each text without padding.</param>
public sealed record TextBatch(Tensor Tokens, Tensor Lengths) : IMovable<TextBatch>, ISelectable<TextBatch>
{
    /// <summary>Which places hold a token of the text: bool, [batch, length].</summary>
    public Tensor Mask
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            var places = torch.arange(Tokens.size(1), ScalarType.Int64, Tokens.device);
            return places.unsqueeze(0).lt(Lengths.unsqueeze(1)).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Puts texts side by side.</summary>
    /// <param name="texts">At least one; the tokens of each.</param>
    /// <param name="padding">The number that fills up the shorter ones.</param>
    /// <returns>On the CPU.</returns>
    public static TextBatch Of(IReadOnlyList<int[]> texts, long padding)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Fill([.. texts.Select(text => text.Length)], padding, (text, row) =>
        {
            for (var index = 0; index < row.Length; index++) row[index] = texts[text][index];
        });
    }

    /// <inheritdoc/>
    public TextBatch To(torch.Device device) => new(Tokens.Place(device), Lengths.Place(device));

    /// <inheritdoc/>
    public TextBatch Select(Tensor indices) => new(Tokens.index_select(0, indices), Lengths.index_select(0, indices));

    /// <summary>Puts texts side by side that are copied where they belong, without an array for each.</summary>
    internal static TextBatch Fill(ReadOnlySpan<int> lengths, long padding, TokenCopy copy)
    {
        if (lengths.Length == 0) throw new ArgumentException("A batch needs at least one text.", nameof(lengths));
        var longest = 0;
        foreach (var length in lengths) longest = Math.Max(longest, length);
        var tokens = torch.empty([lengths.Length, longest], ScalarType.Int64);
        var counts = torch.empty([lengths.Length], ScalarType.Int64);
        var sizes = MemoryMarshal.Cast<byte, long>(counts.bytes);
        var rows = longest == 0 ? default : MemoryMarshal.Cast<byte, long>(tokens.bytes);
        for (var text = 0; text < lengths.Length; text++)
        {
            var row = rows.Slice(text * longest, longest);
            copy(text, row[..lengths[text]]);
            row[lengths[text]..].Fill(padding);
            sizes[text] = lengths[text];
        }
        return new(tokens, counts);
    }

    internal delegate void TokenCopy(int text, Span<long> row);
}
