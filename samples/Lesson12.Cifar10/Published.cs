using DeepCourse.Reporting;

namespace Lesson12;

/// <summary>What others reached on CIFAR-10, and with what.</summary>
internal static class Published
{
    private static readonly IReadOnlyList<string>[] rows =
    [
        ["mini-Darknet, 2018 course", "94.48 %", "40", "one GPU of 2018, half precision", "–"],
        ["WRN-22, 2018 course", "94.23 %", "30", "one GPU of 2018, half precision", "–"],
        ["WRN-22, DAWNBench entry of fast.ai", "94.4 %", "50", "8 V100", "205 s to 94 %"],
        ["speed record with Muon (airbench94)", "94.01 %, mean of 200 runs", "8", "A100", "2.59 s, compiled"],
        ["its predecessor, not compiled", "94.0 %", "9.9", "A100", "3.83 s"],
        ["the record's network at half the width in plain PyTorch, one cycle", "87.4 %", "8", "2 CPU cores, float32", "20 minutes"],
    ];

    internal static Table ToFigure(IReadOnlyList<string>? own = null) => new(
        "Beside what others reached", ["network", "accuracy", "epochs", "hardware", "time"], own is null ? rows : [.. rows, own])
    {
        Highlight = own is null ? null : rows.Length,
    };
}
