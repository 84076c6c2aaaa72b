namespace DeepCourse.Text.Models;

/// <summary>The last part of a language model: from hidden states to what each token of the vocabulary is worth.</summary>
internal abstract class Decoder(string name) : Module(name)
{
    /// <summary>One number for each token, whose softmax are the probabilities.</summary>
    /// <param name="hidden">[..., features]</param>
    /// <param name="table">The embeddings, [vocabulary, features].</param>
    /// <returns>[..., vocabulary]</returns>
    public abstract Tensor Logits(Tensor hidden, Tensor table);

    /// <summary>The mean cross entropy.</summary>
    /// <param name="rows">[rows, features]</param>
    /// <param name="table">The embeddings, [vocabulary, features].</param>
    /// <param name="targets">int64 [rows]</param>
    /// <returns>A tensor of one element.</returns>
    public abstract Tensor CrossEntropy(Tensor rows, Tensor table, Tensor targets);
}
