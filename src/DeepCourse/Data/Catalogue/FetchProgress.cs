namespace DeepCourse.Data.Catalogue;

/// <summary>How far the fetching of a data set has come.</summary>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Activity">What is being done, like <c>downloading bccd.tar.gz</c>.</param>
/// <param name="BytesDone">Bytes done so far, when they can be counted.</param>
/// <param name="BytesTotal">Bytes in all, when known.</param>
public sealed record FetchProgress(string Dataset, string Activity, long? BytesDone = null, long? BytesTotal = null);
