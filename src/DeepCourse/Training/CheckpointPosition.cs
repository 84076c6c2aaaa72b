namespace DeepCourse.Training;

/// <summary>Where a resumed run begins.</summary>
internal sealed record CheckpointPosition(int Fit, int EpochCount, int FirstLoaderEpoch, int Epoch, int Batch);

/// <summary>The history as a file holds it.</summary>
internal sealed record CheckpointHistory(
    IReadOnlyList<EpochRow> Epochs, IReadOnlyList<BatchRow> Batches, IReadOnlyList<LearningRateSearch> Searches);
