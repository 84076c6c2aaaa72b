using static TorchSharp.torch.nn.utils;
using static TorchSharp.torch.nn.utils.rnn;

namespace DeepCourse.Torch.Tests.Modules;

public class NnUtilsTests
{
    [Fact]
    public void ClipGradNorm_ScalesToTheNorm_AndReturnsTheOldOne()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([3, 0], [0, 4]);
        Assert.Equal(5, clip_grad_norm_(parameters, 1), 1e-5);
        Assert.Equal(0.6, parameters[0].grad![0].item<float>(), 1e-5);
        Assert.Equal(0.8, parameters[1].grad![1].item<float>(), 1e-5);
    }

    [Fact]
    public void ClipGradNorm_LeavesSmallGradientsAlone()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([0.3f, 0.4f]);
        Assert.Equal(0.5, clip_grad_norm_(parameters, 1), 1e-6);
        Assert.Equal(0.3f, parameters[0].grad![0].item<float>());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 4)]
    [InlineData(1, 7)]
    public void ClipGradNorm_KnowsOtherNorms(double type, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, clip_grad_norm_(WithGradients([3, 0], [0, -4]), 100, type), 1e-5);
    }

    [Fact]
    public void ClipGradNorm_WithoutGradients_IsZero() =>
        Assert.Equal(0, clip_grad_norm_([new Parameter(ones(1))], 1));

    [Fact]
    public void ClipGradValue_LimitsEveryElement()
    {
        using var scope = NewDisposeScope();
        var parameters = WithGradients([3, -0.5f, -2]);
        clip_grad_value_(parameters, 1);
        Assert.Equal([1, -0.5f, -1], parameters[0].grad!.data<float>().ToArray());
    }

    [Fact]
    public void ParametersToVector_AndBack()
    {
        using var scope = NewDisposeScope();
        using var net = Linear(2, 3);
        var vector = parameters_to_vector(net.parameters());
        Assert.Equal([9L], vector.shape);
        vector_to_parameters(arange(9, ScalarType.Float32), net.parameters());
        Assert.Equal(5, net.weight[2, 1].item<float>());
        Assert.Equal(8, net.bias![2].item<float>());
        Assert.True(net.weight.requires_grad);
    }

    [Fact]
    public void PadSequence_FillsTheShorterOnes_AndPassesGradients()
    {
        using var scope = NewDisposeScope();
        var one = ones([1, 2], requires_grad: true);
        var padded = pad_sequence([one, ones(3, 2)], batch_first: true, padding_value: 7);
        Assert.Equal([2L, 3, 2], padded.shape);
        Assert.Equal(7, padded[0, 2, 1].item<float>());
        padded.sum().backward();
        Assert.Equal(2, one.grad!.sum().item<float>());
    }

    [Fact]
    public void PackSequence_UnpacksToTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor[] sequences = [randn(2, 3), randn(4, 3), randn(1, 3)];
        var packed = pack_sequence(sequences, enforce_sorted: false);
        Assert.Equal([3L, 2, 1, 1], packed.batch_sizes.data<long>().ToArray());
        var (padded, lengths) = pad_packed_sequence(packed, batch_first: true, total_length: 5);
        Assert.Equal([3L, 5, 3], padded.shape);
        Assert.Equal([2L, 4, 1], lengths.data<long>().ToArray());
        for (var index = 0; index < sequences.Length; index++)
        {
            var length = sequences[index].shape[0];
            Assert.True(sequences[index].Equals(padded[index].narrow(0, 0, length)));
        }
    }

    [Fact]
    public void FusedLinear_EqualsLinearAndBatchNorm()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(3, 4);
        using var norm = BatchNorm1d(4);
        norm.call(linear.call(randn(8, 3)));
        linear.eval();
        norm.eval();
        using var fused = fuse_linear_bn_eval(linear, norm);
        var input = randn(5, 3);
        Assert.True(fused.call(input).allclose(norm.call(linear.call(input)), 1e-4, 1e-5));
    }

    [Fact]
    public void FusedConvolution_EqualsConvolutionAndBatchNorm()
    {
        using var scope = NewDisposeScope();
        using var conv = Conv2d(2, 3, 3, bias: false);
        using var norm = BatchNorm2d(3);
        norm.call(conv.call(randn(4, 2, 5, 5)));
        norm.eval();
        var (weight, bias) = fuse_conv_bn_weights(
            conv.weight, null, norm.running_mean!, norm.running_var!, norm.eps, norm.weight, norm.bias);
        var input = randn(1, 2, 5, 5);
        var expected = norm.call(conv.call(input));
        (conv.weight, conv.bias) = (weight, bias);
        Assert.True(conv.call(input).allclose(expected, 1e-4, 1e-5));
    }

    private static Parameter[] WithGradients(params float[][] gradients) => Array.ConvertAll(gradients, gradient =>
    {
        var parameter = new Parameter(zeros(gradient.Length));
        parameter.mul(tensor(gradient)).sum().backward();
        return parameter;
    });
}
