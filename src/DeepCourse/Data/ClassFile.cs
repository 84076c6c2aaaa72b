namespace DeepCourse.Data;

/// <summary>A file in the folder of its class.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Class">The folder's name.</param>
public readonly record struct ClassFile(string Path, string Class);
