using System.Runtime.InteropServices;

namespace DeepCourse.Torch.Tests.Autograd;

public class ErrorStormTests
{
    private const int Threads = 8;
    private const int Operations = 200_000;

    [Fact]
    public void TwoHundredThousandWrongOperationsFromEightThreadsAllThrow()
    {
        var thrown = 0L;
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        var workers = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            using var scope = NewDisposeScope();
            var a = ones(2, 3);
            var b = ones(4, 5);
            var numbers = ones(2, 3, dtype: int64);
            var elsewhere = empty([2, 3], device: META);
            (string Part, Action Body)[] mistakes =
            [
                ("must match the size", () => a.add(b)),
                ("cannot be multiplied", () => a.matmul(b)),
                ("Expected", () => nn.functional.conv2d(a, b)),
                ("is invalid for input of size", () => a.view(7)),
                ("expected", () => a.mm(numbers.t())),
                ("floating point", () => numbers.requires_grad_()),
                ("does not require grad", () => a.sum().backward()),
                ("Dimension out of range", () => a.sum(9)),
                ("meta tensor", () => a.copy_(elsewhere)),
                ("out of range", () => a.index_select(0, tensor([7L]))),
            ];
            for (var i = 0; i < Operations / Threads; i++)
            {
                var (part, body) = mistakes[(i + number) % mistakes.Length];
                try
                {
                    body();
                    wrong.Add($"no exception where '{part}' was expected");
                }
                catch (ExternalException fault)
                {
                    Interlocked.Increment(ref thrown);
                    if (fault.Message.Contains('\n') || fault.Message.Length == 0) wrong.Add(fault.Message);
                    else if (i < mistakes.Length && !fault.Message.Contains(part, StringComparison.OrdinalIgnoreCase)) wrong.Add($"'{part}': {fault.Message}");
                }
                if (!wrong.IsEmpty) return;
            }
        })).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        Assert.Empty(wrong);
        Assert.Equal(Operations, thrown);
    }
}
