using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>The cosine of the angle between two inputs along one dimension.</summary>
public sealed class CosineSimilarity : ParameterLessModule<Tensor, Tensor, Tensor>
{
    internal CosineSimilarity(long dim, double eps) : base(nameof(CosineSimilarity)) =>
        (this.dim, this.eps) = (dim, eps);

    public long dim { get; set; }

    public double eps { get; set; }

    public override Tensor forward(Tensor input1, Tensor input2) =>
        functional.cosine_similarity(input1, input2, dim, eps);
}

/// <summary>The norm of the difference of two batches of vectors.</summary>
public sealed class PairwiseDistance : ParameterLessModule<Tensor, Tensor, Tensor>
{
    internal PairwiseDistance(double norm, double eps, bool keepdim) : base(nameof(PairwiseDistance)) =>
        (this.norm, this.eps, this.keepdim) = (norm, eps, keepdim);

    public double eps { get; set; }

    public bool keepdim { get; set; }

    public double norm { get; set; }

    public override Tensor forward(Tensor input1, Tensor input2) =>
        functional.pairwise_distance(input1, input2, norm, eps, keepdim);
}
