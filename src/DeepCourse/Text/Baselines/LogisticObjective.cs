namespace DeepCourse.Text.Baselines;

/// <summary>What a logistic regression minimises: half the squared weights, and C times the cross-entropy of all rows.</summary>
/// <remarks>Parameters are [width + 1, depth]: the weights, then the intercepts, which cost nothing. Two classes have one
/// column of weights and the logistic function, more have one each and softmax.</remarks>
internal sealed class LogisticObjective
{
    private readonly SparseRows _rows;
    private readonly SparseRows _columns;
    private readonly IReadOnlyList<int> _labels;
    private readonly double _c;
    private readonly double[] _factors;

    public LogisticObjective(SparseRows rows, IReadOnlyList<int> labels, int classes, double c)
    {
        (_rows, _labels, _c) = (rows, labels, c);
        // Columns as rows: the gradient gathers instead of scattering, so threads never write to the same place.
        _columns = rows.Transpose();
        Depth = DepthOf(classes);
        Weights = rows.Width * Depth;
        _factors = new double[rows.Count * Depth];
    }

    /// <summary>The number of columns of weights.</summary>
    public int Depth { get; }

    /// <summary>The number of weights, intercepts not counted.</summary>
    public int Weights { get; }

    public static int DepthOf(int classes) => classes == 2 ? 1 : classes;

    /// <summary>Rows times parameters, [count, depth].</summary>
    public static void Scores(SparseRows rows, double[] parameters, double[] scores, int depth)
    {
        rows.Multiply(parameters, scores, depth);
        var intercepts = parameters.AsSpan(rows.Width * depth, depth);
        for (var i = 0; i < rows.Count * depth; i++) scores[i] += intercepts[i % depth];
    }

    public void Scores(double[] parameters, double[] scores) => Scores(_rows, parameters, scores, Depth);

    /// <summary>C times the cross-entropy.</summary>
    public double Loss(double[] scores)
    {
        double sum = 0;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (Depth == 1)
            {
                // ln(1 + e^-s) without an overflow, s being positive where the score is right.
                var s = _labels[row] == 1 ? scores[row] : -scores[row];
                sum += Math.Max(-s, 0) + Math.Log(1 + Math.Exp(-Math.Abs(s)));
                continue;
            }
            var own = scores.AsSpan(row * Depth, Depth);
            double largest = double.NegativeInfinity, total = 0;
            foreach (var score in own) largest = Math.Max(largest, score);
            foreach (var score in own) total += Math.Exp(score - largest);
            sum += largest + Math.Log(total) - own[_labels[row]];
        }
        return _c * sum;
    }

    /// <summary>Scores to probabilities, in place.</summary>
    public static void Probabilities(Span<double> scores, int depth)
    {
        if (depth == 1)
        {
            foreach (ref var score in scores) score = 1 / (1 + Math.Exp(-score));
            return;
        }
        for (var from = 0; from < scores.Length; from += depth)
        {
            var own = scores.Slice(from, depth);
            double largest = double.NegativeInfinity, total = 0;
            foreach (var score in own) largest = Math.Max(largest, score);
            foreach (ref var score in own) total += score = Math.Exp(score - largest);
            foreach (ref var score in own) score /= total;
        }
    }

    /// <summary>The gradient, at parameters whose probabilities are known.</summary>
    public void Gradient(double[] parameters, double[] probabilities, double[] gradient)
    {
        for (var i = 0; i < _factors.Length; i++)
        {
            var right = Depth == 1 ? _labels[i] : _labels[i / Depth] == i % Depth ? 1 : 0;
            _factors[i] = _c * (probabilities[i] - right);
        }
        Gather(parameters, gradient);
    }

    /// <summary>The Hessian times a direction.</summary>
    public void Curvature(double[] direction, double[] probabilities, double[] result)
    {
        Scores(direction, _factors);
        for (var row = 0; row < _rows.Count; row++)
        {
            if (Depth == 1)
            {
                _factors[row] *= _c * probabilities[row] * (1 - probabilities[row]);
                continue;
            }
            var own = _factors.AsSpan(row * Depth, Depth);
            var chances = probabilities.AsSpan(row * Depth, Depth);
            double mean = 0;
            for (var k = 0; k < Depth; k++) mean += chances[k] * own[k];
            for (var k = 0; k < Depth; k++) own[k] = _c * chances[k] * (own[k] - mean);
        }
        Gather(direction, result);
    }

    // Columns times the factors of the rows, and what the squared weights add.
    private void Gather(double[] parameters, double[] result)
    {
        _columns.Multiply(_factors, result, Depth);
        Dense.Add(result.AsSpan(0, Weights), 1, parameters.AsSpan(0, Weights));
        var intercepts = result.AsSpan(Weights);
        intercepts.Clear();
        for (var i = 0; i < _factors.Length; i++) intercepts[i % Depth] += _factors[i];
    }
}
