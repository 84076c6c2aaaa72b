using DeepCourse.Distributed;
using DeepCourse.Tensors;

namespace DeepCourse.Metrics;

/// <summary>A sum of numbers that stays on the device while it grows, and outlives the scopes of its
/// summands.</summary>
public sealed class DeviceSum : IDisposable
{
    private Tensor? _sum;

    /// <summary>The weights of the summands, added up.</summary>
    public double Weight { get; private set; }

    /// <summary>The sum divided by the weights; not a number where there is none. Waits for the device.</summary>
    public double Mean => _sum is null ? double.NaN : _sum.ReadNumber() / Weight;

    /// <summary>The sum itself; 0 where there is none. Waits for the device.</summary>
    public double Sum => _sum?.ReadNumber() ?? 0;

    /// <summary>Adds a number times its weight.</summary>
    /// <param name="value">A tensor of one element; its gradient is not followed.</param>
    /// <param name="weight">Most often the number of items that the value is the mean of.</param>
    public void Add(Tensor value, double weight)
    {
        using var scope = NewDisposeScope();
        var number = value.detach().to_type(ScalarType.Float64).reshape(1);
        if (_sum is null) _sum = number.mul(weight).DetachFromDisposeScope();
        else _sum.add_(number, weight);
        Weight += weight;
    }

    /// <summary>Puts back a sum that was read before (from a checkpoint).</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="device">Where it shall grow.</param>
    public void Restore(double sum, double weight, torch.Device device)
    {
        Reset();
        _sum = zeros(1, ScalarType.Float64, device).add_(sum).DetachFromDisposeScope();
        Weight = weight;
    }

    /// <summary>Adds what the other processes have, so that all have the whole.</summary>
    /// <param name="processes">Who takes part; all of them call this.</param>
    public void Merge(ProcessGroup processes)
    {
        ArgumentNullException.ThrowIfNull(processes);
        var whole = processes.Sum([Sum, Weight]);
        if (whole[1] > 0) Restore(whole[0], whole[1], _sum?.device ?? processes.Device);
    }

    /// <summary>Goes back to nothing.</summary>
    public void Reset()
    {
        _sum?.Dispose();
        (_sum, Weight) = (null, 0);
    }

    /// <summary>Frees the sum.</summary>
    public void Dispose() => Reset();
}
