namespace DeepCourse.Vision.Detection;

/// <summary>One object of a picture as a network learns it: its class and its box.</summary>
/// <param name="Class">Index of the class, from 0.</param>
/// <param name="Box">Shares of the picture's sides.</param>
public readonly record struct LabeledBox(int Class, UnitBox Box);
