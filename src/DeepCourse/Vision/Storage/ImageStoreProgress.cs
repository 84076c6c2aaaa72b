namespace DeepCourse.Vision.Storage;

/// <summary>How far the building of an image store has come.</summary>
/// <param name="Store">Path of the store.</param>
/// <param name="Activity">What is being done, like <c>storing</c>.</param>
/// <param name="Done">Pictures done so far.</param>
/// <param name="Total">Pictures in all.</param>
/// <param name="Bytes">Bytes written so far.</param>
public sealed record ImageStoreProgress(string Store, string Activity, int Done, int Total, long Bytes);
