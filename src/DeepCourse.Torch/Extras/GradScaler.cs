using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>What a <see cref="GradScaler"/> must remember to continue a run.</summary>
/// <param name="Scale">The loss's factor.</param>
/// <param name="GoodSteps">Steps since the factor last changed.</param>
public readonly record struct GradScalerState(double Scale, int GoodSteps);

/// <summary>
/// Keeps float16 gradients from vanishing: the loss is multiplied by a large factor, gradients are divided by it before
/// the step, a step with gradients that overflowed is left out, and the factor follows (Micikevicius et al. 2018,
/// section 3.2).
/// </summary>
/// <remarks>Per batch: <c>scaler.Scale(loss).backward(); scaler.Step(optimizer); scaler.Update();</c></remarks>
public sealed class GradScaler
{
    private readonly double growthFactor;
    private readonly double backoffFactor;
    private readonly int growthInterval;
    private readonly ConditionalWeakTable<torch.optim.Optimizer, Progress> progress = [];
    private double factor;
    private int goodSteps;
    private bool overflowed;

    /// <summary>Makes a scaler.</summary>
    /// <param name="initialScale">The first factor.</param>
    /// <param name="growthFactor">What the factor is multiplied by after a run of good steps; above 1.</param>
    /// <param name="backoffFactor">What it is multiplied by after an overflow; between 0 and 1.</param>
    /// <param name="growthInterval">How many good steps in a row make it grow.</param>
    /// <param name="enabled">False makes everything pass through, so that one code serves float32 too.</param>
    public GradScaler(
        double initialScale = 65536, double growthFactor = 2, double backoffFactor = 0.5, int growthInterval = 2000,
        bool enabled = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(growthFactor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(backoffFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(growthInterval);
        (factor, this.growthFactor, this.backoffFactor, this.growthInterval) =
            (initialScale, growthFactor, backoffFactor, growthInterval);
        IsEnabled = enabled;
    }

    private enum Stage
    {
        Scaled,
        Unscaled,
        Stepped,
    }

    /// <summary>Whether it does anything.</summary>
    public bool IsEnabled { get; }

    /// <summary>The loss's present factor; 1 when disabled.</summary>
    public double Factor => IsEnabled ? factor : 1;

    /// <summary>The factor and its history, to save and to set in another run.</summary>
    public GradScalerState State
    {
        get => new(factor, goodSteps);
        set => (factor, goodSteps) = (value.Scale, value.GoodSteps);
    }

    /// <summary>The loss times the factor.</summary>
    /// <param name="loss">What backward will be called on.</param>
    /// <returns>A new tensor, or the same one when disabled.</returns>
    public torch.Tensor Scale(torch.Tensor loss) => IsEnabled ? loss * factor : loss;

    /// <summary>Divides the optimizer's gradients by the factor, for clipping before the step.</summary>
    /// <param name="optimizer">Whose parameters have scaled gradients.</param>
    /// <exception cref="InvalidOperationException">They were unscaled or stepped already since the last update.</exception>
    public void Unscale(torch.optim.Optimizer optimizer)
    {
        if (!IsEnabled) return;
        var state = progress.GetOrCreateValue(optimizer);
        if (state.Stage != Stage.Scaled)
            throw new InvalidOperationException(
                state.Stage == Stage.Unscaled
                    ? "Unscale has already been called on this optimizer since the last Update."
                    : "Unscale is being called after Step.");
        state.Finite = GradientCalls.Unscale(optimizer.parameters(), 1 / factor);
        state.Stage = Stage.Unscaled;
        overflowed |= !state.Finite;
    }

    /// <summary>Unscales if that has not been done, and steps unless a gradient was not finite.</summary>
    /// <param name="optimizer">The one to step.</param>
    /// <returns>Whether the step was made.</returns>
    /// <exception cref="InvalidOperationException">It was stepped already since the last update.</exception>
    public bool Step(torch.optim.Optimizer optimizer)
    {
        if (!IsEnabled)
        {
            optimizer.step();
            return true;
        }
        var state = progress.GetOrCreateValue(optimizer);
        if (state.Stage == Stage.Stepped)
            throw new InvalidOperationException("Step has already been called since the last Update.");
        if (state.Stage == Stage.Scaled) Unscale(optimizer);
        if (state.Finite) optimizer.step();
        state.Stage = Stage.Stepped;
        return state.Finite;
    }

    /// <summary>Ends the iteration: the factor backs off after an overflow and grows after a run of good steps.</summary>
    /// <exception cref="InvalidOperationException">Nothing was unscaled since the last update.</exception>
    public void Update()
    {
        if (!IsEnabled) return;
        if (progress.All(entry => entry.Value.Stage == Stage.Scaled))
            throw new InvalidOperationException("No gradients were unscaled since the last Update.");
        if (overflowed)
        {
            factor *= backoffFactor;
            goodSteps = 0;
        }
        else if (++goodSteps == growthInterval)
        {
            factor *= growthFactor;
            goodSteps = 0;
        }
        overflowed = false;
        progress.Clear();
    }

    private sealed class Progress
    {
        internal Stage Stage { get; set; }

        internal bool Finite { get; set; } = true;
    }
}
