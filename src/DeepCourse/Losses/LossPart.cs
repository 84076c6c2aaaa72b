namespace DeepCourse.Losses;

/// <summary>One summand of a loss.</summary>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">What the batch has as targets.</typeparam>
/// <param name="Name">What reports call it, such as <c>boxes</c>.</param>
/// <param name="Of">Gives one number for a batch.</param>
/// <param name="Weight">What it is multiplied by in the sum.</param>
public sealed record LossPart<TOut, TY>(string Name, Func<TOut, TY, Tensor> Of, double Weight = 1);
