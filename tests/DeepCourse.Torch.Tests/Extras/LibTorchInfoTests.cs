using System.Runtime.InteropServices;
using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class LibTorchInfoTests
{
    [Fact]
    public void TheReportNamesTheLibraryAndItsBlas()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", LibTorchInfo.Version);
        Assert.Contains("libtorch", LibTorchInfo.Path, StringComparison.Ordinal);
        Assert.True(File.Exists(LibTorchInfo.Path));
        Assert.Contains("PyTorch built with", LibTorchInfo.Configuration, StringComparison.Ordinal);
        Assert.NotEmpty(LibTorchInfo.CpuCapability);
        Assert.Contains(LibTorchInfo.SearchTrace, line => line.EndsWith(": loaded", StringComparison.Ordinal));
        Assert.Contains(LibTorchInfo.Report(), line => line.StartsWith("BLAS: ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void WithoutCudaItsExtrasSaySo()
    {
        Skip.If(LibTorchInfo.HasCuda, "this libtorch has CUDA");
        Assert.False(cuda.is_available());
        Assert.Equal(0, cuda.device_count());
        Assert.False(cuda.is_cudnn_available());
        var fault = Assert.Throws<ExternalException>(() => CudaMemory.Statistics());
        Assert.Contains("not built with CUDA", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(CudaMemory.EmptyCache);
        Assert.Throws<ExternalException>(() => new CudaStream());
        Assert.Throws<ExternalException>(() => cuda.synchronize());
        cuda.manual_seed(1);
        cuda.manual_seed_all(1);
    }

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void CudaMemoryAndStreamsWork()
    {
        Skip.IfNot(cuda.is_available(), "there is no CUDA device");
        using var scope = NewDisposeScope();
        CudaMemory.ResetPeak();
        var before = CudaMemory.Statistics();
        using var stream = new CudaStream();
        using (stream.Use())
        {
            var block = zeros(1 << 20, device: CUDA);
            Assert.True(CudaMemory.Statistics().Allocated >= before.Allocated + (4 << 20));
            Assert.Equal(0f, block.sum().cpu().item<float>());
        }
        stream.Synchronize();
        cuda.synchronize();
    }

    [Fact]
    public void SwitchesKeepWhatTheyAreSetTo()
    {
        var before = backends.cuda.matmul.allow_tf32;
        backends.cuda.matmul.allow_tf32 = !before;
        Assert.Equal(!before, backends.cuda.matmul.allow_tf32);
        backends.cuda.matmul.allow_tf32 = before;
        Cudnn.Benchmark = true;
        Assert.True(Cudnn.Benchmark);
        Cudnn.Benchmark = false;
    }

    [Fact]
    public void TheThreadCountCanBeSet()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.Throws<ExternalException>(() => set_num_threads(0));
    }
}
