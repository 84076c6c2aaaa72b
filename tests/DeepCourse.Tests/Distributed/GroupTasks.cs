using DeepCourse.Distributed;
using DeepCourse.Metrics;

namespace DeepCourse.Tests.Distributed;

/// <summary>What processes of a test do with their group.</summary>
internal static class GroupTasks
{
    /// <summary>Sums, copies and collections, of all kinds of tensors.</summary>
    public static void Collect(ProcessGroup processes, string folder)
    {
        using var scope = torch.NewDisposeScope();
        var (rank, size) = (processes.Rank, processes.WorldSize);
        double all = size * (size - 1) / 2;

        var numbers = torch.full([3], rank, torch.ScalarType.Float32);
        processes.Sum(numbers);
        Assert.Equal([(float)all, (float)all, (float)all], numbers.data<float>().ToArray());

        // Not in the order of memory, and a truth value: both need a carrier.
        var turned = torch.full([2, 3], rank, torch.ScalarType.Float64).t();
        processes.Largest(turned);
        Assert.Equal(size - 1, turned.min().item<double>());
        var truth = torch.tensor([rank == 0, false]);
        processes.Broadcast(truth);
        Assert.Equal([true, false], truth.data<bool>().ToArray());

        Assert.Equal([all, size], processes.Sum([rank, 1.0]));
        Assert.Equal(size - 1, processes.Largest(rank));

        var rows = processes.Gather(torch.full([rank, 2], rank, torch.ScalarType.Int64));
        Assert.Equal(Enumerable.Range(0, size).Select(i => (long)i), rows.Select(part => part.size(0)));
        Assert.Equal(size - 1, rows[^1].max().item<long>());
        Assert.Equal(Enumerable.Range(0, size).Select(i => new string('ä', i)), processes.Gather(new string('ä', rank)));
        Assert.Equal("of 0", processes.Broadcast($"of {rank}"));

        processes.RequireSame("the weather", "fine");
        var fault = Assert.Throws<InvalidOperationException>(() => processes.RequireSame("the weather", $"fine in {rank}"));
        Assert.Equal("the weather differs between processes: fine in 0 in process 0, fine in 1 in process 1", fault.Message);
    }

    /// <summary>Metrics over parts: the value over everything.</summary>
    public static void Measure(ProcessGroup processes, string folder)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        var (output, targets, labels) = (torch.randn(11, 3), torch.randint(0, 3, [11], torch.int64), torch.rand(11, 3).gt(0.5).to_type(torch.ScalarType.Float32));
        // The last process has nothing to measure.
        var parts = processes.WorldSize - 1;
        var first = processes.Rank * 11 / parts;
        var count = processes.Rank == parts ? 0 : (processes.Rank + 1) * 11 / parts - first;

        Check(new Accuracy(), new Accuracy(), targets);
        Check(new ConfusionCounts(3), new ConfusionCounts(3), targets);
        Check(new CalibrationError(), new CalibrationError(), targets);
        Check(new LabelMeanAveragePrecision(3), new LabelMeanAveragePrecision(3), labels);

        void Check(Metric<Tensor, Tensor> whole, Metric<Tensor, Tensor> part, Tensor truths)
        {
            whole.Update(output, truths);
            if (count > 0) part.Update(output.narrow(0, first, count), truths.narrow(0, first, count));
            part.Merge(processes);
            Assert.Equal(whole.Value, part.Value, 1e-9);
            whole.Dispose();
            part.Dispose();
        }
    }

    /// <summary>One process is killed while the others wait for it.</summary>
    public static void LoseOne(ProcessGroup processes, string folder)
    {
        processes.Wait();
        if (processes.Rank == 1) System.Diagnostics.Process.GetCurrentProcess().Kill();
        processes.Wait();
    }

    /// <summary>One process fails while another one computes without asking for anything.</summary>
    public static void FailInOne(ProcessGroup processes, string folder)
    {
        if (processes.Rank == 1) throw new InvalidDataException("the disk is full");
        Assert.True(processes.Failed.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)));
        processes.Wait();
    }
}
