namespace DeepCourse.Losses;

/// <summary>A sum of named losses, as far as it can be watched without knowing the types of the data.</summary>
public abstract class SummedLoss
{
    /// <summary>The names of the parts.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The parts of the last batch before weighting; they die with the batch's dispose scope.</summary>
    public abstract IReadOnlyList<Tensor> Last { get; }
}

/// <summary>A weighted sum of named losses.</summary>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">What the batch has as targets.</typeparam>
public sealed class SummedLoss<TOut, TY> : SummedLoss
{
    private readonly LossPart<TOut, TY>[] _parts;
    private readonly Tensor[] _last;

    /// <summary>Names the parts.</summary>
    /// <param name="parts">At least one; names may not repeat.</param>
    public SummedLoss(IReadOnlyList<LossPart<TOut, TY>> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        var names = parts.Select(part => part.Name).ToArray();
        if (names.Distinct().Count() != names.Length)
            throw new ArgumentException("two parts have the same name", nameof(parts));
        (_parts, _last, Names) = ([.. parts], new Tensor[parts.Count], names);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Last => _last;

    /// <summary>The sum for one batch.</summary>
    /// <param name="output">What the model gave.</param>
    /// <param name="targets">What it should have given.</param>
    public Tensor Of(TOut output, TY targets)
    {
        Tensor? sum = null;
        for (var i = 0; i < _parts.Length; i++)
        {
            var value = _parts[i].Of(output, targets);
            _last[i] = value.detach();
            var weighted = _parts[i].Weight == 1 ? value : value.mul(_parts[i].Weight);
            sum = sum is null ? weighted : sum.add(weighted);
        }
        return sum!;
    }
}
