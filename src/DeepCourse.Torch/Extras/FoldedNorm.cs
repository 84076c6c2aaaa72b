using TorchSharp.Modules;

namespace DeepCourse.Native;

/// <summary>Batch normalisation whose work another layer has taken over.</summary>
public static class FoldedNorm
{
    /// <summary>Lets a layer pass its input on in evaluation mode, without computing anything.</summary>
    /// <param name="norm">A layer that would not change its input: mean 0, variance 1 less epsilon, scale 1, shift 0.</param>
    /// <param name="passes">False lets it compute again.</param>
    public static void Pass(BatchNorm norm, bool passes = true)
    {
        ArgumentNullException.ThrowIfNull(norm);
        norm.IsFolded = passes;
    }
}
