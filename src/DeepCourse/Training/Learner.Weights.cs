using DeepCourse.Tensors;

namespace DeepCourse.Training;

public abstract partial class Learner
{
    /// <summary>Saves the model's weights as safetensors; the file appears whole or not at all.</summary>
    /// <param name="path">The file to make or to replace.</param>
    /// <remarks>For going on with a run that was interrupted there is
    /// <see cref="Callbacks.CheckpointEvery"/>.</remarks>
    public void Save(string path) => Weights.Save(Model, path);

    /// <summary>Loads weights into the model.</summary>
    /// <param name="path">A safetensors file or a PyTorch state dict.</param>
    /// <exception cref="WeightsMismatchException">The weights do not fit; all differences are listed.</exception>
    /// <exception cref="DataFormatException">The file is broken or of another kind.</exception>
    public void Load(string path) => Weights.Load(Model, path);
}
