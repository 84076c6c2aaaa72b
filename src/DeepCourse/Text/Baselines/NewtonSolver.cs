namespace DeepCourse.Text.Baselines;

/// <summary>Minimises a logistic regression's objective by Newton steps, each found by conjugate gradients.</summary>
/// <remarks>The Hessian of a million terms is never written down: conjugate gradients need it times a vector only, which
/// is two passes over the rows. Steps are found roughly at first and closely near the end, so that the whole converges
/// faster than linearly (Dembo, Eisenstat, Steihaug 1982).</remarks>
internal sealed class NewtonSolver(LogisticObjective objective, int rows, double tolerance, int mostSteps)
{
    private const int MostGradients = 300;

    /// <summary>The steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The length of the gradient at the end, as a share of that at the start.</summary>
    public double Remaining { get; private set; } = 1;

    public double[] Minimise(CancellationToken cancellation)
    {
        var length = objective.Weights + objective.Depth;
        var (parameters, gradient, direction) = (new double[length], new double[length], new double[length]);
        var (scores, probabilities, change) = (new double[rows * objective.Depth], new double[rows * objective.Depth], new double[rows * objective.Depth]);
        var value = objective.Loss(scores);
        double start = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            scores.CopyTo(probabilities, 0);
            LogisticObjective.Probabilities(probabilities, objective.Depth);
            objective.Gradient(parameters, probabilities, gradient);
            var norm = Math.Sqrt(Dense.Dot(gradient, gradient));
            if (Steps == 0) start = norm;
            Remaining = start > 0 ? norm / start : 0;
            if (Remaining <= tolerance || Steps == mostSteps) return parameters;
            Steps++;
            Conjugate(gradient, norm * Math.Min(0.1, Math.Sqrt(Remaining)), probabilities, direction, cancellation);
            objective.Scores(direction, change);
            if (!Search(parameters, direction, scores, change, Dense.Dot(gradient, direction), ref value)) return parameters;
        }
    }

    // Solves Hessian * direction = -gradient until what is left is short enough.
    private void Conjugate(double[] gradient, double enough, double[] probabilities, double[] direction, CancellationToken cancellation)
    {
        Array.Clear(direction);
        var residual = new double[gradient.Length];
        Dense.Add(residual, -1, gradient);
        var search = residual.AsSpan().ToArray();
        var curved = new double[gradient.Length];
        var squared = Dense.Dot(residual, residual);
        for (var i = 0; i < MostGradients && Math.Sqrt(squared) > enough; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            objective.Curvature(search, probabilities, curved);
            var bend = Dense.Dot(search, curved);
            // Only a shift of all intercepts of softmax has no curvature, and the gradient has no part in it.
            if (bend <= 0) break;
            var step = squared / bend;
            Dense.Add(direction, step, search);
            Dense.Add(residual, -step, curved);
            var next = Dense.Dot(residual, residual);
            Dense.ScaleAndAdd(search, next / squared, residual);
            squared = next;
        }
    }

    // Halves the step until the objective falls by a share of what its slope promises (Armijo 1966). The scores change
    // linearly along the way, so a try costs no pass over the rows.
    private bool Search(double[] parameters, double[] direction, double[] scores, double[] change, double slope, ref double value)
    {
        var weights = parameters.AsSpan(0, objective.Weights);
        var steps = direction.AsSpan(0, objective.Weights);
        var (square, cross, squareOfStep) = (Dense.Dot(weights, weights), Dense.Dot(weights, steps), Dense.Dot(steps, steps));
        var trial = new double[scores.Length];
        for (var step = 1.0; step > 1e-10; step /= 2)
        {
            scores.CopyTo(trial, 0);
            Dense.Add(trial, step, change);
            var reached = objective.Loss(trial) + (0.5 * (square + (2 * step * cross) + (step * step * squareOfStep)));
            // Close to the minimum, the fall drowns in rounding.
            if (reached > value + (1e-4 * step * slope) + (1e-13 * Math.Abs(value))) continue;
            Dense.Add(parameters, step, direction);
            trial.CopyTo(scores, 0);
            value = reached;
            return true;
        }
        return false;
    }
}
