namespace DeepCourse.Data.Catalogue;

/// <summary>Fetching a data set failed: no network, no client, a wrong checksum.</summary>
/// <param name="message">What failed, and how to help where that is known.</param>
/// <param name="innerException">The cause.</param>
public sealed class FetchException(string message, Exception? innerException = null) : Exception(message, innerException);
