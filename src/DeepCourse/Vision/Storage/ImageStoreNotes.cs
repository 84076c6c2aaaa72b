using DeepCourse.Data;

namespace DeepCourse.Vision.Storage;

/// <summary>What a store says about itself, beside its pictures.</summary>
/// <param name="Identity">The options that its bytes depend on.</param>
/// <param name="Unreadable">The pictures that could not be read.</param>
internal sealed record ImageStoreNotes(string Identity, IReadOnlyList<SkippedItem> Unreadable);
