namespace DeepCourse.Data;

/// <summary>A raw item: what the model is to see, and what it should say about it.</summary>
/// <typeparam name="TInput">The raw input.</typeparam>
/// <typeparam name="TTarget">The raw target.</typeparam>
/// <param name="Input">What the model is to see.</param>
/// <param name="Target">What it should say about it.</param>
public sealed record Sample<TInput, TTarget>(TInput Input, TTarget Target);
