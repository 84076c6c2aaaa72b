using DeepCourse.Torch.Tests.Reference;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>The layers of make_layers.py, built with our constructors.</summary>
internal static class LayerCases
{
    public static readonly Dictionary<string, Func<LayerCase>> All = new()
    {
        ["Linear"] = () => Layer(Linear(4, 3)),
        ["Linear without bias"] = () => Layer(Linear(4, 3, false)),
        ["Bilinear"] = () => Layer(Bilinear(3, 4, 2)),
        ["Conv1d"] = () => Layer(Conv1d(2, 4, 3, stride: 2, padding: 1, groups: 2)),
        ["Conv2d"] = () => Layer(Conv2d(3, 4, (3, 2), (2, 1), (1, 2), (1, 2))),
        ["Conv2d same"] = () => Layer(Conv2d(2, 3, 4, Padding.Same, bias: false)),
        ["Conv2d reflect"] = () => Layer(Conv2d(2, 3, 3, padding: 1, padding_mode: PaddingModes.Reflect)),
        ["Conv2d circular same"] = () => Layer(Conv2d(2, 3, 4, Padding.Same, padding_mode: PaddingModes.Circular)),
        ["Conv2d unbatched"] = () => Layer(Conv2d(2, 3, 3)),
        ["Conv3d"] = () => Layer(Conv3d(2, 3, 2, padding: 1)),
        ["ConvTranspose1d"] = () => Layer(ConvTranspose1d(2, 3, 3, stride: 2, padding: 1, output_padding: 1)),
        ["ConvTranspose2d"] = () => Layer(ConvTranspose2d(2, 4, 3, stride: 2, padding: 1, groups: 2)),
        ["ConvTranspose2d sized"] = () => With(ConvTranspose2d(2, 3, 3, 2), (m, x) => [m.forward(x[0], [8, 7])]),
        ["ConvTranspose3d"] = () => Layer(ConvTranspose3d(2, 3, 2)),
        ["BatchNorm1d"] = () => Layer(BatchNorm1d(3)),
        ["BatchNorm1d sequence"] = () => Layer(BatchNorm1d(3, momentum: 0.3)),
        ["BatchNorm2d"] = () => Layer(BatchNorm2d(3)),
        ["BatchNorm2d evaluation"] = () => Layer(BatchNorm2d(3)),
        ["BatchNorm2d untracked"] = () => Layer(BatchNorm2d(3, track_running_stats: false)),
        ["BatchNorm2d plain"] = () => Layer(BatchNorm2d(3, 0.01, affine: false)),
        ["BatchNorm3d"] = () => Layer(BatchNorm3d(2)),
        ["InstanceNorm1d"] = () => Layer(InstanceNorm1d(3)),
        ["InstanceNorm2d"] = () => Layer(InstanceNorm2d(3, affine: true, track_running_stats: true)),
        ["InstanceNorm2d unbatched"] = () => Layer(InstanceNorm2d(3, affine: true)),
        ["InstanceNorm3d"] = () => Layer(InstanceNorm3d(2)),
        ["GroupNorm"] = () => Layer(GroupNorm(2, 4)),
        ["LayerNorm"] = () => Layer(LayerNorm(5)),
        ["LayerNorm shape"] = () => Layer(LayerNorm([3, 4], 0.01)),
        ["LocalResponseNorm"] = () => Layer(LocalResponseNorm(3, 0.1)),
        ["PReLU"] = () => Layer(PReLU(3)),
        ["ReLU"] = () => Layer(ReLU()),
        ["ReLU6"] = () => Layer(ReLU6()),
        ["LeakyReLU"] = () => Layer(LeakyReLU(0.1)),
        ["ELU"] = () => Layer(ELU(0.7)),
        ["CELU"] = () => Layer(CELU(0.7)),
        ["SELU"] = () => Layer(SELU()),
        ["GELU"] = () => Layer(GELU()),
        ["GELU tanh"] = () => Layer(GELU(TorchSharp.Modules.GELU.Approximate.tanh)),
        ["SiLU"] = () => Layer(SiLU()),
        ["Mish"] = () => Layer(Mish()),
        ["Sigmoid"] = () => Layer(Sigmoid()),
        ["Tanh"] = () => Layer(Tanh()),
        ["Tanhshrink"] = () => Layer(Tanhshrink()),
        ["Softsign"] = () => Layer(Softsign()),
        ["Softplus"] = () => Layer(Softplus(2, 1.5)),
        ["LogSigmoid"] = () => Layer(LogSigmoid()),
        ["Hardshrink"] = () => Layer(Hardshrink(0.4)),
        ["Softshrink"] = () => Layer(Softshrink(0.4)),
        ["Hardsigmoid"] = () => Layer(Hardsigmoid()),
        ["Hardswish"] = () => Layer(Hardswish()),
        ["Hardtanh"] = () => Layer(Hardtanh(-0.5, 0.8)),
        ["Threshold"] = () => Layer(Threshold(0.1, 0.3)),
        ["Softmax"] = () => Layer(Softmax(1)),
        ["Softmin"] = () => Layer(Softmin(1)),
        ["LogSoftmax"] = () => Layer(LogSoftmax(1)),
        ["GLU"] = () => Layer(GLU(1)),
        ["Softmax2d"] = () => Layer(Softmax2d()),
        ["RReLU evaluation"] = () => Layer(RReLU()),
        ["MaxPool1d"] = () => Layer(MaxPool1d(3, 2, 1)),
        ["MaxPool2d"] = () => Layer(MaxPool2d(2)),
        ["MaxPool2d ceil"] = () => Layer(MaxPool2d((3, 2), (2, 2), (1, 0), ceil_mode: true)),
        ["MaxPool3d"] = () => Layer(MaxPool3d(2)),
        ["AvgPool1d"] = () => Layer(AvgPool1d(3, 2, 1)),
        ["AvgPool2d"] = () => Layer(AvgPool2d(3, 2, 1, count_include_pad: false)),
        ["AvgPool3d"] = () => Layer(AvgPool3d(2)),
        ["AdaptiveAvgPool1d"] = () => Layer(AdaptiveAvgPool1d(3)),
        ["AdaptiveAvgPool2d"] = () => Layer(AdaptiveAvgPool2d((2, 3))),
        ["AdaptiveAvgPool3d"] = () => Layer(AdaptiveAvgPool3d(2)),
        ["AdaptiveMaxPool1d"] = () => Layer(AdaptiveMaxPool1d(3)),
        ["AdaptiveMaxPool2d"] = () => Layer(AdaptiveMaxPool2d([2, 3])),
        ["AdaptiveMaxPool3d"] = () => Layer(AdaptiveMaxPool3d([2, 2, 2])),
        ["LPPool1d"] = () => Layer(LPPool1d(2, 3, 2)),
        ["LPPool2d"] = () => Layer(LPPool2d(2, 2)),
        ["MaxUnpool2d"] = () => With(MaxUnpool2d(2), (m, x) => [m.call(x[0], x[1])]),
        ["Upsample nearest"] = () => Layer(Upsample(scale_factor: [2, 2])),
        ["Upsample bilinear"] = () => Layer(Upsample([5, 4], mode: UpsampleMode.Bilinear, align_corners: true)),
        ["PixelShuffle"] = () => Layer(PixelShuffle(2)),
        ["PixelUnshuffle"] = () => Layer(PixelUnshuffle(2)),
        ["Flatten"] = () => Layer(Flatten()),
        ["Unflatten"] = () => Layer(Unflatten(1, [2, 3])),
        ["Fold"] = () => Layer(Fold((4, 5), (2, 2))),
        ["Unfold"] = () => Layer(Unfold(2, padding: 1)),
        ["ZeroPad2d"] = () => Layer(ZeroPad2d((1, 0, 2, 1))),
        ["ConstantPad1d"] = () => Layer(ConstantPad1d(2, 0.5)),
        ["ReflectionPad2d"] = () => Layer(ReflectionPad2d((1, 2, 1, 0))),
        ["ReplicationPad3d"] = () => Layer(ReplicationPad3d(1)),
        ["CosineSimilarity"] = () => Layer(CosineSimilarity(1)),
        ["PairwiseDistance"] = () => Layer(PairwiseDistance(3, keepdim: true)),
        ["Embedding"] = () => Layer(Embedding(5, 3, 0)),
        ["EmbeddingBag"] = () => With(EmbeddingBag(5, 3, mode: EmbeddingBagMode.Sum), (m, x) => [m.call(x[0])]),
        ["EmbeddingBag offsets"] = () => With(EmbeddingBag(5, 3), (m, x) => [m.call(x[0], x[1])]),
    };

    public static LayerCase Layer(Module<Tensor, Tensor> module) => new(module, inputs => [module.call(inputs[0])]);

    public static LayerCase Layer(Module<Tensor, Tensor, Tensor> module) =>
        new(module, inputs => [module.call(inputs[0], inputs[1])]);

    public static LayerCase With<T>(T module, Func<T, Tensor[], Tensor[]> run) where T : Module =>
        new(module, inputs => run(module, inputs));
}

/// <summary>A layer and how it is called.</summary>
internal sealed record LayerCase(Module Module, Func<Tensor[], Tensor[]> Run);
