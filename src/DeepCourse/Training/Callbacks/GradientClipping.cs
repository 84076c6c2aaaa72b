namespace DeepCourse.Training.Callbacks;

/// <summary>Keeps gradients from becoming too large.</summary>
/// <remarks>Pascanu et al. 2013 (arXiv 1211.5063), section 3.2. Nothing is read back from the device.</remarks>
public sealed class GradientClipping : Callback
{
    private readonly double _limit;
    private readonly bool _byNorm;

    private GradientClipping(double limit, bool byNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        (_limit, _byNorm) = (limit, byNorm);
    }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Regularisation;

    /// <summary>Scales all gradients together where their Euclidean norm is above a limit.</summary>
    /// <param name="limit">The largest norm.</param>
    public static GradientClipping ByNorm(double limit) => new(limit, byNorm: true);

    /// <summary>Cuts each number of a gradient to a range.</summary>
    /// <param name="limit">The largest absolute value.</param>
    public static GradientClipping ByValue(double limit) => new(limit, byNorm: false);

    /// <inheritdoc/>
    protected internal override void AfterBackward(Run run)
    {
        if (run.StepIsHeld) return;
        if (!_byNorm) torch.nn.utils.clip_grad_value_(run.Model.parameters(), _limit);
        else if (run.Model.parameters().All(parameter => parameter.device.type == DeviceType.CPU))
            torch.nn.utils.clip_grad_norm_(run.Model.parameters(), _limit);
        else ClipNormOnDevice(run.Model, _limit);
    }

    // As torch does it, but the norm stays where it is: torch's function returns it as a number, and so waits for it.
    private static void ClipNormOnDevice(Module model, double limit)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var gradients = Gradients(model);
        if (gradients.Count == 0) return;
        var norm = stack(gradients.Select(gradient => gradient.norm().to(gradients[0].device))).norm();
        var factor = (limit / (norm + 1e-6)).clamp(max: 1);
        foreach (var gradient in gradients) gradient.mul_(factor.to(gradient.device));
    }

    private static List<Tensor> Gradients(Module model)
    {
        var gradients = new List<Tensor>();
        foreach (var parameter in model.parameters())
        {
            if (parameter.grad is { } gradient) gradients.Add(gradient);
        }
        return gradients;
    }
}
