using BenchmarkDotNet.Attributes;

namespace DeepCourse.Benchmarks;

/// <summary>What does one small operator call cost, with and without a result of its own?</summary>
public class AdditionBenchmark
{
    private Tensor _left = null!;
    private Tensor _right = null!;

    [GlobalSetup]
    public void Prepare()
    {
        set_num_threads(1);
        (_left, _right) = (zeros(1), ones(1));
    }

    [GlobalCleanup]
    public void Free()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void New() => (_left + _right).Dispose();

    [Benchmark]
    public void InPlace() => _left.add_(_right);

    [Benchmark]
    public void OfANumber() => (_left + 1f).Dispose();
}
