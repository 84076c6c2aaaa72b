using BenchmarkDotNet.Attributes;

namespace DeepCourse.Benchmarks;

/// <summary>What does a short chain of operators cost whose results a dispose scope frees?</summary>
public class OperationChainBenchmark
{
    private Tensor _x = null!;

    /// <summary>Elements of the tensors: at 1 all is overhead, at 4,096 arithmetic shows.</summary>
    [Params(1, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        set_num_threads(1);
        _x = randn(Size);
    }

    [GlobalCleanup]
    public void Free() => _x.Dispose();

    [Benchmark]
    public void MultiplyAddReluSum()
    {
        using var scope = NewDisposeScope();
        _ = (_x * _x + _x).relu().sum();
    }
}
