using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class UnrecordedTests
{
    [Fact]
    public void NothingIsRecordedUntilItIsDisposed()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (Unrecorded.Begin())
        {
            Assert.False((x * 2).requires_grad);
            using (Unrecorded.Begin()) Assert.False(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void ItAllocatesNothing()
    {
        Repeat();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Repeat()
    {
        for (var i = 0; i < 100; i++)
        {
            using var unrecorded = Unrecorded.Begin();
        }
    }
}
