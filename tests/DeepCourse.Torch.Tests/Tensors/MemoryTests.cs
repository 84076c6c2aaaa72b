using System.Diagnostics;

namespace DeepCourse.Torch.Tests.Tensors;

public class MemoryTests
{
    private const int WarmUp = 10_000;
    private const int Count = 1_000_000;
    private const long AllowedGrowthInMebibytes = 50;

    [Fact]
    public void AMillionTensorsDroppedWithoutDisposingLeaveTheProcessAsLargeAsItWas()
    {
        using Tensor a = tensor(new[] { 1f }), b = tensor(new[] { 2f });
        for (var i = 0; i < WarmUp; i++) _ = a + b;
        var before = ResidentMebibytes();
        for (var i = 0; i < Count; i++) _ = a + b;
        Assert.InRange(ResidentMebibytes() - before, long.MinValue, AllowedGrowthInMebibytes);
    }

    [Fact]
    public void AMillionTensorsInDisposeScopesLeaveTheProcessAsLargeAsItWas()
    {
        using Tensor a = tensor(new[] { 1f }), b = tensor(new[] { 2f });
        InScopes(WarmUp, a, b);
        var before = ResidentMebibytes();
        var live = Tensor.TotalCount;
        InScopes(Count, a, b);
        Assert.InRange(ResidentMebibytes() - before, long.MinValue, AllowedGrowthInMebibytes);
        // Other tests' forgotten tensors may go meanwhile; none may come.
        Assert.InRange(Tensor.TotalCount, 0, live);
    }

    [Fact]
    public void LargeTensorsDroppedWithoutDisposingAreCollectedBeforeMemoryIsFull()
    {
        const int sizeInMebibytes = 4, count = 500;
        using var large = zeros(sizeInMebibytes << 18);
        var before = ResidentMebibytes();
        for (var i = 0; i < count; i++) _ = large + 1;
        // All of them together would be two gigabytes.
        Assert.InRange(ResidentMebibytes() - before, long.MinValue, 900);
    }

    private static void InScopes(int count, Tensor a, Tensor b)
    {
        for (var made = 0; made < count;)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < 100; i++, made++) _ = a + b;
        }
    }

    private static long ResidentMebibytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 >> 20;
    }
}
