using System.Globalization;
using DeepCourse.Text.Losses;

namespace DeepCourse.Tests.Text.Losses;

/// <summary>The logits of a large vocabulary are never there at once.</summary>
public sealed class ChunkedCrossEntropyMemoryTests
{
    private const long Rows = 1024;
    private const long Vocabulary = 24_000;
    private const long Features = 16;

    [SkippableFact]
    public void Peak_IsUnderHalfOfTheNaiveOne()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the process's peak is read from /proc");
        using var scope = NewDisposeScope();
        manual_seed(1);
        var input = randn(Rows, Features).requires_grad_();
        var weight = randn(Vocabulary, Features).requires_grad_();
        var bias = zeros(Vocabulary).requires_grad_();
        var targets = randint(0, Vocabulary, Rows, int64);
        // Once before measuring, so that libraries have what they keep.
        Chunked();
        var chunked = PeakOf(Chunked);
        var naive = PeakOf(() => functional.cross_entropy(functional.linear(input, weight, bias), targets).backward());
        Assert.True(chunked < naive / 2, $"{chunked >> 20} MB against {naive >> 20} MB");
        // Otherwise the naive way was not measured at all: logits alone have this size.
        Assert.True(naive > Rows * Vocabulary * sizeof(float), $"{naive >> 20} MB");

        void Chunked() => ChunkedCrossEntropy.Of(input, weight, bias, targets).backward();
    }

    private static long PeakOf(Action action)
    {
        // "5" sets the peak back to what is held now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Read("VmRSS:");
        using (NewDisposeScope()) action();
        return Read("VmHWM:") - before;
    }

    private static long Read(string name) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
