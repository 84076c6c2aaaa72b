namespace DeepCourse.Optimization;

/// <summary>Momentum whose steps are made orthogonal: every direction of a filter bank moves equally far.</summary>
/// <remarks>
/// Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks". A filter bank [outputs, inputs, rows,
/// columns] counts as the matrix [outputs, rest]; a few steps of Newton and Schulz bring its singular values near 1. As
/// in the CIFAR-10 record, each bank is brought to the norm of an orthogonal matrix before its step. Parameters of one
/// or two dimensions (biases, the last layer) step by stochastic gradient descent with Nesterov's momentum, at the rate
/// times a factor. Newton and Schulz run in bfloat16 on a GPU, as in the publication, and in the parameters' own type
/// elsewhere.
/// </remarks>
public sealed class Muon : OptimizerHelper
{
    // Quintic coefficients of the publication: steep at 0, and near 1 the values stay between 0.7 and 1.2.
    private const float First = 3.4445f;
    private const float Third = -4.7750f;
    private const float Fifth = 2.0315f;
    private const double Tiny = 1e-7;

    private readonly int _iterations;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="groups">Parameters with their options.</param>
    /// <param name="iterations">Steps of Newton and Schulz; 3 are enough for filter banks.</param>
    public Muon(IEnumerable<ParamGroup<MuonOptions>> groups, int iterations = 3)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        _iterations = iterations;
        foreach (var group in groups) add_param_group(group);
    }

    /// <summary>The nearest matrix with orthogonal rows or columns, roughly.</summary>
    /// <param name="matrix">[rows, columns], float.</param>
    /// <param name="iterations">Steps of Newton and Schulz.</param>
    /// <returns>[rows, columns]; after five steps singular values between about 0.7 and 1.2.</returns>
    public static Tensor Orthogonal(Tensor matrix, int iterations = 5)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var scope = NewDisposeScope();
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = isTall ? matrix.t() : matrix;
        x = x / (x.norm() + Tiny);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var square = x.mm(x.t());
            var polynomial = square.addmm(square, square, Third, Fifth);
            x = x.addmm(polynomial, x, First, 1);
        }
        return (isTall ? x.t() : x).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void add_param_group(TorchSharp.Modules.ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        if (param_group.Options is not MuonOptions { LearningRate: { } rate } options)
            throw new ArgumentException("a group of Muon's needs MuonOptions with a learning rate", nameof(param_group));
        if (options.InitialLearningRate == 0) options.InitialLearningRate = rate;
        base.add_param_group(param_group);
        foreach (var parameter in param_group.Parameters) _state[parameter.Handle] = new MuonState(parameter);
    }

    /// <inheritdoc/>
    public override Tensor step(Func<Tensor>? closure = null) => _step<ParamGroup<MuonOptions>>(Step, closure!);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _state.values()) (state as IDisposable)?.Dispose();
            _state.clear();
        }
        base.Dispose(disposing);
    }

    private void Step(ParamGroup<MuonOptions> group)
    {
        foreach (var parameter in group.Parameters)
        {
            using var scope = NewDisposeScope();
            if (parameter.grad is not { } gradient) continue;
            var momentum = ((MuonState)_state[parameter.Handle]).Momentum;
            if (parameter.dim() > 2) Turn(parameter, gradient, momentum, group.Options);
            else Descend(parameter, gradient, momentum, group.Options);
        }
    }

    private void Turn(Parameter bank, Tensor gradient, Tensor momentum, MuonOptions options)
    {
        var direction = Ahead(gradient, momentum, options.Momentum).reshape(bank.shape[0], -1);
        bank.mul_(Math.Sqrt(bank.shape[0]) / (bank.norm() + Tiny));
        if (direction.device_type == DeviceType.CUDA) direction = direction.to_type(ScalarType.BFloat16);
        bank.add_(Orthogonal(direction, _iterations).reshape(bank.shape), -options.LearningRate!.Value);
    }

    private static void Descend(Parameter parameter, Tensor gradient, Tensor momentum, MuonOptions options)
    {
        var factor = parameter.dim() == 2 ? options.MatrixFactor : options.VectorFactor;
        // A rate or factor of 0 moves nothing, and decays nothing.
        if (options.WeightDecay > 0 && options.InitialLearningRate * factor > 0)
            gradient = gradient.add(parameter, options.WeightDecay / (options.InitialLearningRate * factor));
        parameter.add_(Ahead(gradient, momentum, options.OtherMomentum), -options.LearningRate!.Value * factor);
    }

    // Nesterov: the gradient as if the momentum had been followed already.
    private static Tensor Ahead(Tensor gradient, Tensor momentum, double share)
    {
        momentum.mul_(share).add_(gradient);
        return gradient.add(momentum, share);
    }
}
