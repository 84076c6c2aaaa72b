namespace DeepCourse.Text.Models;

/// <summary>The weights that one layer computes with; gates in the order input, forget, cell, output.</summary>
/// <param name="Input">[4 * hidden, inputs]</param>
/// <param name="Hidden">[4 * hidden, hidden]</param>
/// <param name="InputBias">[4 * hidden]</param>
/// <param name="HiddenBias">[4 * hidden]</param>
internal readonly record struct LstmWeights(Tensor Input, Tensor Hidden, Tensor InputBias, Tensor HiddenBias);
