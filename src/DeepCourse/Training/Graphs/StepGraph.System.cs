using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Training.Graphs;

/// <summary>A CUDA graph, recorded on another stream than the default one, which can't be recorded.</summary>
internal sealed class StepGraph : IStepGraph
{
    // One for each device: libtorch keeps a workspace for every stream that ever multiplied matrices.
    private static readonly ConcurrentDictionary<int, Lazy<CudaStream>> streams = new();

    private readonly torch.Device _device;
    private readonly CudaStream _stream;
    private readonly CudaGraph _graph;

    private StepGraph(torch.Device device)
    {
        var stream = streams.GetOrAdd(Math.Max(0, device.index), index => new(() => new CudaStream(index)));
        (_device, _stream, _graph) = (device, stream.Value, new CudaGraph());
    }

    /// <summary>Why a device has no graphs; null where it has.</summary>
    public static string? ObstacleOn(torch.Device device) =>
        device.type != DeviceType.CUDA ? $"only CUDA devices have graphs, not {device}"
        : !CudaMemory.IsSupported ? "this libtorch, or the shim (for lack of the headers of CUDA's runtime), was built without CUDA"
        : null;

    /// <summary>Whether something would be called in every batch that a repetition doesn't call.</summary>
    public static bool HasHooks(Module module) => ModuleHooks.Any(module);

    /// <summary>Makes a graph for a device; null, with the reason, where there can be none.</summary>
    public static StepGraph? For(torch.Device device, out string reason)
    {
        reason = ObstacleOn(device) ?? "";
        return reason.Length == 0 ? new StepGraph(device) : null;
    }

    public void WarmUp(Action work)
    {
        cuda.synchronize(_device);
        using (_stream.Use()) work();
        _stream.Synchronize();
    }

    public void Record(Action work)
    {
        cuda.synchronize(_device);
        // A recording takes memory of its own, and what is kept for later can't be given back meanwhile.
        CudaMemory.EmptyCache();
        // Narrow weights that were cast before would be freed before the recording is repeated.
        Autocast.ClearCache();
        using var current = _stream.Use();
        _graph.Begin();
        try
        {
            work();
        }
        catch
        {
            // Those that were cast here have no values: what is recorded isn't done.
            Autocast.ClearCache();
            // A stream that goes on recording is of no use to anybody. What ending a spoilt recording says is not why.
            try
            {
                _graph.End();
            }
            catch (ExternalException)
            {
            }
            throw;
        }
        _graph.End();
    }

    public void Replay() => _graph.Replay();

    public void Dispose() => _graph.Dispose();
}
