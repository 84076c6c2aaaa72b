using BenchmarkDotNet.Attributes;

namespace DeepCourse.Benchmarks;

/// <summary>What does it cost to make a tensor and to free it?</summary>
public class TensorCreationBenchmark
{
    private readonly float[] _numbers = [.. Enumerable.Range(0, 16).Select(i => (float)i)];

    [GlobalSetup]
    public void Prepare() => set_num_threads(1);

    [Benchmark]
    public void Zeros() => zeros(16).Dispose();

    [Benchmark]
    public void FromArray() => tensor(_numbers).Dispose();

    [Benchmark]
    public void FromNumber() => tensor(1f).Dispose();
}
