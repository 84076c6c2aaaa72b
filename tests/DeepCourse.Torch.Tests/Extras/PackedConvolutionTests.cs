using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class PackedConvolutionTests
{
    [Theory]
    [InlineData(3, 8, 3, 1, 1, 1, 1, true)]
    [InlineData(3, 8, 7, 2, 3, 1, 1, false)]
    [InlineData(8, 16, 1, 1, 0, 1, 1, false)]
    [InlineData(8, 16, 3, 2, 2, 2, 4, true)]
    public void APackedLayerAnswersAsBefore(
        int inputs, int outputs, int kernel, int stride, int padding, int dilation, int groups, bool bias)
    {
        using var scope = NewDisposeScope();
        var layer = Conv2d(inputs, outputs, kernel, stride, padding, dilation, groups: groups, bias: bias);
        layer.eval();
        var images = randn(2, inputs, 13, 11);
        using var frozen = no_grad();
        var expected = layer.call(images);
        Assert.True(PackedConvolution.Pack(layer));
        Assert.True(expected.allclose(layer.call(images), 1e-4, 1e-5));
        // Another order in memory, and another size.
        Assert.True(expected.allclose(layer.call(images.contiguous().transpose(2, 3).contiguous().transpose(2, 3)), 1e-4, 1e-5));
        Assert.Equal(2, layer.call(images.narrow(2, 0, 9)).shape[0]);
        using (inference_mode()) Assert.True(expected.allclose(layer.call(images), 1e-4, 1e-5));
    }

    [Fact]
    public void WithGradients_TheLayersOwnWeightIsUsed()
    {
        using var scope = NewDisposeScope();
        var layer = Conv2d(3, 4, 3);
        layer.eval();
        Assert.True(PackedConvolution.Pack(layer));
        layer.call(randn(1, 3, 5, 5)).sum().backward();
        Assert.NotNull(layer.weight.grad);
        Assert.Equal(2, layer.state_dict().Count);
    }

    [Fact]
    public void OtherPaddings_AreNotPacked()
    {
        using var layer = Conv2d(3, 4, 3, padding: 1, padding_mode: PaddingModes.Reflect);
        Assert.False(PackedConvolution.Pack(layer));
    }
}
