using DeepCourse.Optimization;

namespace DeepCourse.Training;

/// <summary>One fit of a gradual unfreezing: which groups learn, how long and how fast.</summary>
/// <param name="Name">What progress and reports call it.</param>
/// <param name="FirstGroup">The first group that learns; negative counts from the end, so -1 is the last alone and 0
/// is everything.</param>
/// <param name="Epochs">How long.</param>
/// <param name="Rates">The highest rates.</param>
public sealed record UnfreezingStage(string Name, int FirstGroup, int Epochs, LearningRates Rates)
{
    /// <summary>The stages of the course's text classifier: the last group, the last two, the last three, all.</summary>
    /// <param name="rate">The highest rate of the first stage; later stages have a half, a quarter and a twentieth of it
    /// (fastai's ULMFiT example).</param>
    /// <param name="epochs">Epochs of the last stage, with all groups.</param>
    /// <param name="stageEpochs">Epochs of each stage before.</param>
    /// <param name="factor">Each group's rate is the next group's divided by this (Howard and Ruder 2018, section
    /// 3.2).</param>
    public static IReadOnlyList<UnfreezingStage> OfCourse(double rate, int epochs = 2, int stageEpochs = 1, double factor = 2.6) =>
    [
        new("last group", -1, stageEpochs, LearningRates.ByFactor(rate, factor)),
        new("last two groups", -2, stageEpochs, LearningRates.ByFactor(rate / 2, factor)),
        new("last three groups", -3, stageEpochs, LearningRates.ByFactor(rate / 4, factor)),
        new("all groups", 0, epochs, LearningRates.ByFactor(rate / 20, factor)),
    ];
}
