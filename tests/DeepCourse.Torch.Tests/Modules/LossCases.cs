using static DeepCourse.Torch.Tests.Modules.LayerCases;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>The losses of make_layers.py.</summary>
internal static class LossCases
{
    private static readonly float[] ClassWeights = [0.5f, 1, 2];

    public static readonly Dictionary<string, Func<LayerCase>> All = new()
    {
        ["L1Loss"] = () => Layer(L1Loss()),
        ["MSELoss"] = () => Layer(MSELoss(Reduction.Sum)),
        ["SmoothL1Loss"] = () => Layer(SmoothL1Loss(beta: 0.5)),
        ["HuberLoss"] = () => Layer(HuberLoss(0.5)),
        ["PoissonNLLLoss"] = () => Layer(PoissonNLLLoss(full: true)),
        ["GaussianNLLLoss"] = () => Three(GaussianNLLLoss(full: true, eps: 1e-6f)),
        ["KLDivLoss"] = () => Layer(KLDivLoss(true, Reduction.Sum)),
        ["CrossEntropyLoss"] = () => Layer(CrossEntropyLoss()),
        ["CrossEntropyLoss weighted"] = () => Layer(
            new CrossEntropyLoss(tensor(ClassWeights), ignore_index: 1, label_smoothing: 0.1)),
        ["NLLLoss"] = () => Layer(NLLLoss(tensor(ClassWeights))),
        ["BCELoss"] = () => Layer(BCELoss()),
        ["BCEWithLogitsLoss"] = () => Layer(BCEWithLogitsLoss(pos_weights: tensor(ClassWeights))),
        ["SoftMarginLoss"] = () => Layer(SoftMarginLoss()),
        ["MultiLabelMarginLoss"] = () => Layer(MultiLabelMarginLoss()),
        ["MultiLabelSoftMarginLoss"] = () => Layer(MultiLabelSoftMarginLoss()),
        ["MultiMarginLoss"] = () => Layer(MultiMarginLoss(margin: 0.7)),
        ["HingeEmbeddingLoss"] = () => Layer(HingeEmbeddingLoss(1.0)),
        ["CosineEmbeddingLoss"] = () => Three(CosineEmbeddingLoss(0.1)),
        ["MarginRankingLoss"] = () => Three(MarginRankingLoss(0.3)),
        ["TripletMarginLoss"] = () => Three(TripletMarginLoss(swap: true)),
        ["TripletMarginWithDistanceLoss"] = () => Three(TripletMarginWithDistanceLoss(margin: 0.5)),
        ["CTCLoss"] = () => With(CTCLoss(), (m, x) => [m.call(x[0], x[1], x[2], x[3])]),
    };

    private static LayerCase Three(Module<Tensor, Tensor, Tensor, Tensor> module) =>
        new(module, inputs => [module.call(inputs[0], inputs[1], inputs[2])]);
}
