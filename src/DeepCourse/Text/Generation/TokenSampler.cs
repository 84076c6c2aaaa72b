namespace DeepCourse.Text.Generation;

/// <summary>Draws tokens, reproducibly, whatever device the model is on.</summary>
internal sealed class TokenSampler(Sampling sampling, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Sampling _sampling = sampling.Checked();

    /// <summary>Draws a token.</summary>
    /// <param name="logits">One for each token; overwritten.</param>
    /// <param name="forbidden">Tokens that must not come.</param>
    public int Draw(Span<float> logits, IEnumerable<int> forbidden)
    {
        foreach (var token in forbidden) logits[token] = float.NegativeInfinity;
        var candidates = Candidates(logits);
        var chances = Chances(logits, candidates);
        var point = _random.NextDouble() * chances.Sum();
        for (var i = 0; i < chances.Length; i++)
        {
            point -= chances[i];
            if (point < 0) return candidates[i];
        }
        // Rounding may leave a little over.
        return candidates[Array.FindLastIndex(chances, chance => chance > 0)];
    }

    // The tokens that may come, the likeliest first.
    private int[] Candidates(Span<float> logits)
    {
        var keys = logits.ToArray();
        for (var i = 0; i < keys.Length; i++) keys[i] = float.IsNaN(keys[i]) ? float.PositiveInfinity : -keys[i];
        var tokens = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, tokens);
        var possible = keys.AsSpan().IndexOf(float.PositiveInfinity);
        if (possible < 0) possible = keys.Length;
        if (possible == 0) throw new ArgumentException("no token is allowed to come next", nameof(logits));
        var most = _sampling.Temperature == 0 ? 1 : _sampling.TopK ?? possible;
        return tokens[..Math.Min(most, possible)];
    }

    private double[] Chances(Span<float> logits, int[] candidates)
    {
        var chances = new double[candidates.Length];
        var temperature = _sampling.Temperature == 0 ? 1 : _sampling.Temperature;
        for (var i = 0; i < chances.Length; i++)
            chances[i] = Math.Exp((logits[candidates[i]] - logits[candidates[0]]) / temperature);
        if (_sampling.TopP is not { } share) return chances;
        var left = share * chances.Sum();
        for (var i = 0; i < chances.Length; i++)
        {
            if (left <= 0) chances[i] = 0;
            else left -= chances[i];
        }
        return chances;
    }
}
