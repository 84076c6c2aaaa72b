using DeepCourse.Metrics;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Losses;

/// <summary>Adds up the cross entropy of tokens, each batch by its number of them.</summary>
internal static class TokenLoss
{
    /// <summary>Adds a batch.</summary>
    public static void Add(DeviceSum sum, LanguageModelOutput output, Tensor targets)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (targets.numel() > 0) sum.Add(output.CrossEntropy(targets), targets.numel());
    }
}
