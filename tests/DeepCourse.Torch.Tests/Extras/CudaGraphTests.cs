using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class CudaGraphTests
{
    [SkippableFact]
    public void WithoutCuda_TheShimSaysSo()
    {
        Skip.If(CudaMemory.IsSupported, "this shim was built with CUDA");
        var fault = Assert.Throws<ExternalException>(() => new CudaGraph());
        Assert.Contains("not built with CUDA", fault.Message);
    }

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void WhatIsRecorded_IsDoneAtEachReplay()
    {
        Skip.IfNot(cuda.is_available(), "no CUDA device");
        using var scope = NewDisposeScope();
        var x = zeros(3, device: CUDA);
        using var stream = new CudaStream();
        using var graph = new CudaGraph();
        cuda.synchronize();
        using (stream.Use())
        {
            graph.Begin();
            x.add_(1);
            graph.End();
        }
        for (var i = 0; i < 4; i++) graph.Replay();
        cuda.synchronize();
        Assert.Equal(4f, x.cpu()[0].item<float>());
    }
}
