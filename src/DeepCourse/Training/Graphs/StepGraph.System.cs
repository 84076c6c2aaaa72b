using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Training.Graphs;

/// <summary>A CUDA graph with a stream of its own: the default stream can't be recorded.</summary>
internal sealed class StepGraph : IStepGraph
{
    private readonly CudaStream _stream;
    private readonly CudaGraph _graph = new();

    private readonly torch.Device _device;

    private StepGraph(torch.Device device) => (_device, _stream) = (device, new CudaStream(Math.Max(0, device.index)));

    /// <summary>Why a device has no graphs; null where it has.</summary>
    public static string? ObstacleOn(torch.Device device) =>
        device.type != DeviceType.CUDA ? $"the tensors are on {device}: only CUDA devices have graphs"
        : !CudaMemory.IsSupported ? "this libtorch was built without CUDA"
        : null;

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
        using var current = _stream.Use();
        _graph.Begin();
        try
        {
            work();
        }
        catch
        {
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

    public void Dispose()
    {
        _graph.Dispose();
        _stream.Dispose();
    }
}
