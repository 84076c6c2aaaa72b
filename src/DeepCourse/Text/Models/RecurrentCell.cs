namespace DeepCourse.Text.Models;

/// <summary>What a recurrent layer is made of.</summary>
public enum RecurrentCell
{
    /// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
    Lstm,

    /// <summary>Quasi-recurrent layers: convolutions over time, and a gated mean that needs no matrix product from step to
    /// step (Bradbury et al. 2017, arXiv 1611.01576).</summary>
    Qrnn,
}
