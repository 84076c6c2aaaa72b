namespace DeepCourse.Training;

/// <summary>What is settled about a fit before it begins.</summary>
internal readonly record struct RunPlan(int Fit, int EpochCount, int FirstLoaderEpoch, int TrainBatchCount);
