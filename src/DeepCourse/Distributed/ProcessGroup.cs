using System.Text;

namespace DeepCourse.Distributed;

/// <summary>Several processes that train one model: what they add up, hand on and collect, and what becomes of all when one
/// fails.</summary>
/// <remarks>
/// All processes must ask for the same things in the same order. What waits for the others ends with a
/// <see cref="ProcessFailureException"/> when one of them has failed or is gone: each gives a sign of life twice a second,
/// and one that is silent for ten seconds counts as gone. Between CPUs libtorch's Gloo moves the data, between GPUs NCCL.
/// </remarks>
public sealed class ProcessGroup : IDisposable
{
    private readonly ProcessConnection _connection;

    private ProcessGroup(ProcessPlace place, torch.Device device, ProcessConnection connection) =>
        (Place, Device, _connection) = (place, device, connection);

    /// <summary>The place of this process.</summary>
    public ProcessPlace Place { get; }

    /// <summary>Which process this is, from 0.</summary>
    public int Rank => Place.Rank;

    /// <summary>How many there are.</summary>
    public int WorldSize => Place.WorldSize;

    /// <summary>Whether this is the one that writes files and speaks.</summary>
    public bool IsFirst => Place.IsFirst;

    /// <summary>Where this process computes.</summary>
    public torch.Device Device { get; }

    /// <summary>Why the group can't go on; null as long as it can.</summary>
    public string? Failure => _connection.Failure;

    /// <summary>Cancelled when the group can't go on.</summary>
    public CancellationToken Failed => _connection.Failed;

    /// <summary>Meets the other processes.</summary>
    /// <param name="place">The place of this one.</param>
    /// <param name="device">Where it computes; the default is the CPU.</param>
    /// <param name="patience">How long to wait for the others; the default is two minutes.</param>
    /// <returns>The group, whole.</returns>
    /// <exception cref="ProcessFailureException">A process didn't come, or was started with other numbers.</exception>
    /// <exception cref="PlatformNotSupportedException">The tensor library can't connect processes.</exception>
    public static ProcessGroup Join(ProcessPlace place, torch.Device? device = null, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(place);
        device ??= new torch.Device(DeviceType.CPU);
        return new(place, device, new ProcessConnection(place, device, patience ?? TimeSpan.FromMinutes(2)));
    }

    /// <summary>Runs what this process has to do; when that throws, the others hear of it and end too.</summary>
    /// <param name="body">The work.</param>
    public void Run(Action body)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            body();
        }
        catch (Exception fault)
        {
            Announce(fault);
            throw;
        }
    }

    /// <summary>Tells the other processes that this one has failed, so that they end with the cause. What is only the
    /// consequence of another's failure isn't told again.</summary>
    /// <param name="fault">Why.</param>
    public void Announce(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault is not ProcessFailureException { IsOwn: false }) _connection.Announce($"process {Rank} of {WorldSize} failed: {fault.Message}");
    }

    /// <summary>Adds a tensor up over all processes, in place.</summary>
    /// <param name="tensor">Of the same shape and type everywhere, on any device.</param>
    public void Sum(Tensor tensor) => Through(tensor, _connection.Sum);

    /// <summary>Takes the largest of each element over all processes, in place.</summary>
    /// <param name="tensor">Of the same shape and type everywhere, on any device.</param>
    public void Largest(Tensor tensor) => Through(tensor, _connection.Largest);

    /// <summary>Replaces a tensor by that of one process.</summary>
    /// <param name="tensor">Of the same shape and type everywhere, on any device.</param>
    /// <param name="from">Whose.</param>
    public void Broadcast(Tensor tensor, int from = 0) => Through(tensor, carrier => _connection.Broadcast(carrier, from));

    /// <summary>Adds numbers up over all processes.</summary>
    /// <param name="numbers">Equally many everywhere.</param>
    /// <returns>The sums.</returns>
    public double[] Sum(double[] numbers) => Through(numbers, _connection.Sum);

    /// <summary>The largest of a number over all processes.</summary>
    /// <param name="number">This process's.</param>
    public double Largest(double number) => Through([number], _connection.Largest)[0];

    /// <summary>Waits until all processes are here.</summary>
    public void Wait() => Sum([0.0]);

    /// <summary>Collects the tensors of all processes.</summary>
    /// <param name="tensor">Of the same type everywhere; shapes may differ in the first axis.</param>
    /// <returns>One for each process, in their order; in the caller's dispose scope.</returns>
    public IReadOnlyList<Tensor> Gather(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var lengths = Enumerable.Range(0, WorldSize).Select(rank => rank == Rank ? (double)tensor.size(0) : 0).ToArray();
        lengths = Sum(lengths);
        var longest = Math.Max(1, (long)lengths.Max());
        // Not every back end knows truth values.
        var type = tensor.dtype == ScalarType.Bool ? ScalarType.Byte : tensor.dtype;
        var padded = zeros((long[])[longest, .. tensor.shape[1..]], type, Device);
        if (tensor.size(0) > 0) padded.narrow(0, 0, tensor.size(0)).copy_(tensor.detach());
        var all = lengths.Select(_ => zeros_like(padded)).ToArray();
        _connection.Gather(padded, all);
        return
        [
            .. all.Select((part, rank) => part.narrow(0, 0, (long)lengths[rank]).to(tensor.device).to_type(tensor.dtype)
                .MoveToOuterDisposeScope()),
        ];
    }

    /// <summary>Collects texts.</summary>
    /// <param name="text">This process's.</param>
    /// <returns>One for each process, in their order.</returns>
    public IReadOnlyList<string> Gather(string text)
    {
        using var scope = NewDisposeScope();
        var bytes = Encoding.UTF8.GetBytes(text);
        return [.. Gather(torch.tensor(bytes, ScalarType.Byte)).Select(part => Encoding.UTF8.GetString(part.cpu().contiguous().bytes))];
    }

    /// <summary>The first process's text.</summary>
    /// <param name="text">This process's; what others than the first one say is of no consequence.</param>
    public string Broadcast(string text) => Gather(IsFirst ? text : "")[0];

    /// <summary>Checks that all processes have the same of something.</summary>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="text">How it is here.</param>
    /// <exception cref="InvalidOperationException">They have not.</exception>
    public void RequireSame(string what, string text)
    {
        var all = Gather(text);
        for (var rank = 1; rank < all.Count; rank++)
        {
            if (all[rank] != all[0])
                throw new InvalidOperationException($"{what} differs between processes: {all[0]} in process 0, {all[rank]} in process {rank}");
        }
    }

    /// <summary>Leaves the group. The process that keeps the store waits a while for the others to leave too.</summary>
    public void Dispose() => _connection.Dispose();

    internal GradientBuckets Hook(IReadOnlyList<Parameter> parameters, long bytes) => _connection.Hook(parameters, bytes);

    private double[] Through(double[] numbers, Action<Tensor> operation)
    {
        if (numbers.Length == 0) return [];
        using var scope = NewDisposeScope();
        var carrier = torch.tensor(numbers, ScalarType.Float64, Device);
        operation(carrier);
        return carrier.cpu().data<double>().ToArray();
    }

    private void Through(Tensor tensor, Action<Tensor> operation)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var detached = tensor.detach();
        if (detached.numel() == 0) return;
        var fits = detached.is_contiguous() && detached.device_type == Device.type && detached.dtype != ScalarType.Bool;
        if (fits)
        {
            operation(detached);
            return;
        }
        var carrier = detached.to(Device).contiguous();
        if (carrier.dtype == ScalarType.Bool) carrier = carrier.to_type(ScalarType.Byte);
        operation(carrier);
        detached.copy_(carrier);
    }
}
