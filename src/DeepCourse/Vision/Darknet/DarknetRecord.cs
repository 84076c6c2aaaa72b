namespace DeepCourse.Vision.Darknet;

/// <summary>Numbers that lie together in a <c>.weights</c> file.</summary>
/// <param name="Name">Darknet's word for them.</param>
/// <param name="Values">The tensor they belong to, in the file's order.</param>
internal readonly record struct DarknetRecord(string Name, Tensor Values);
