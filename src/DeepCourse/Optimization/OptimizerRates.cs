namespace DeepCourse.Optimization;

/// <summary>The two dials of an optimizer that schedules turn: the rate of each layer group, and momentum.</summary>
public sealed class OptimizerRates
{
    private readonly torch.optim.ILearningRateController[] _controls;
    private readonly int[] _groups;
    private readonly double[] _initialRates;
    private readonly double _initialMomentum;

    /// <summary>Finds the dials.</summary>
    /// <param name="optimizer">Made for the groups, with one parameter group per set, or a single one.</param>
    /// <param name="groups">The layer groups.</param>
    /// <exception cref="ArgumentException">The optimizer has another number of parameter groups.</exception>
    public OptimizerRates(torch.optim.Optimizer optimizer, ParameterGroups groups)
    {
        _controls = [.. optimizer.ParamGroups];
        GroupCount = groups.Count;
        if (_controls.Length != 1 && _controls.Length != groups.Sets.Count)
        {
            throw new ArgumentException(
                $"the optimizer has {_controls.Length} parameter groups, expected {groups.Sets.Count} (or a single one)",
                nameof(optimizer));
        }
        _groups = [.. _controls.Select((_, i) => _controls.Length == 1 ? groups.Count - 1 : groups.Sets[i].Group)];
        _initialRates = [.. _controls.Select(control => control.LearningRate)];
        _initialMomentum = Momentum;
    }

    /// <summary>The number of layer groups.</summary>
    public int GroupCount { get; }

    /// <summary>The rate of the last layer group.</summary>
    public double LearningRate => _controls[^1].LearningRate;

    /// <summary>Momentum (beta 1 of the Adam family) of the last layer group; not a number where there is
    /// none.</summary>
    public double Momentum => _controls[^1] switch
    {
        torch.optim.IMomentum control => control.Momentum,
        torch.optim.IBetas control => control.Betas.Item1,
        _ => double.NaN,
    };

    /// <summary>Sets the rate of each layer group.</summary>
    /// <param name="rates">One rate per group, first layers first.</param>
    /// <param name="factor">What they are all multiplied by.</param>
    public void SetLearningRates(ReadOnlySpan<double> rates, double factor = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rates.Length, GroupCount);
        for (var i = 0; i < _controls.Length; i++) _controls[i].LearningRate = rates[_groups[i]] * factor;
    }

    /// <summary>Multiplies all rates, as they are now, by a number.</summary>
    /// <param name="factor">Above 0.</param>
    public void Scale(double factor)
    {
        foreach (var control in _controls) control.LearningRate *= factor;
    }

    /// <summary>Sets momentum (beta 1 of the Adam family); optimizers without momentum ignore it.</summary>
    /// <param name="value">From 0 to less than 1.</param>
    public void SetMomentum(double value)
    {
        foreach (var control in _controls)
        {
            if (control is torch.optim.IMomentum momentum) momentum.Momentum = value;
            else if (control is torch.optim.IBetas betas) betas.Betas = (value, betas.Betas.Item2);
        }
    }

    /// <summary>Goes back to the rates and the momentum that the optimizer was made with.</summary>
    public void Reset()
    {
        for (var i = 0; i < _controls.Length; i++) _controls[i].LearningRate = _initialRates[i];
        if (!double.IsNaN(_initialMomentum)) SetMomentum(_initialMomentum);
    }
}
