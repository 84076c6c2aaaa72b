using DeepCourse.Tensors;
using DeepCourse.Vision.Darknet;
using DeepCourse.Vision.Detection.Models;

namespace DeepCourse.Tests.Vision.Darknet;

public class DarknetConfigTests
{
    private const string Net = "[net]\nwidth=64\nheight=32\nchannels=3\n";
    private const string Convolution = "[convolutional]\nfilters=8\nsize=3\nstride=2\npad=1\nactivation=leaky\n";

    [Fact]
    public void Parse_TakesRemarksBlanksAndWindowsLineEndsAsDarknetDoes()
    {
        const string Text = "# remark\r\n\r\n[net]\r\n width = 64 \r\nheight=32\r\n; remark\r\nchannels=3\r\n[ route ]\r\nlayers = -1, 2\r\nlayers = 7\r\n";

        var config = DarknetConfig.Parse(Text, "text");

        Assert.Equal(new DarknetShape(3, 32, 64), config.Input);
        Assert.Equal("route", config.Layers.Single().Kind);
        Assert.Equal(8, config.Layers[0].Line);
        Assert.Equal([-1, 2], config.Layers[0].Integers("layers"));
    }

    [Theory]
    [InlineData("", 1, "expected [net] as the first section, got none")]
    [InlineData("[convolutional]\nsize=1\n", 1, "expected [net] as the first section, got [convolutional]")]
    [InlineData("width=3\n", 1, "expected [net] before the first option, got 'width=3'")]
    [InlineData(Net, 1, "[net]: expected layers after it, got none")]
    [InlineData("[net]\nwidth\n", 2, "expected key=value, got 'width'")]
    [InlineData("[net]\nwidth=\n", 2, "expected key=value, got 'width='")]
    [InlineData("[net\n", 1, "expected a section such as [route], got '[net'")]
    public void Parse_OfBrokenText_NamesTheLine(string text, int line, string problem) =>
        Fails(() => DarknetConfig.Parse(text, "broken.cfg"), line, problem);

    [Theory]
    [InlineData("[net]\nwidth=64\n[avgpool]\n", 1, "[net]: expected the option 'channels'")]
    [InlineData("[net]\nwidth=0\nheight=2\nchannels=3\n[avgpool]\n", 2, "[net]: expected at least 1 for 'width', got 0")]
    [InlineData(Net + "[reorg]\nstride=2\n", 5, "[reorg]: unknown layer; expected one of avg, avgpool")]
    [InlineData(Net + "[convolutional]\nfilters=many\n", 6, "[convolutional]: expected a whole number for 'filters', got 'many'")]
    [InlineData(Net + "[convolutional]\nsize=0\n", 6, "expected at least 1 for 'size', got 0")]
    [InlineData(Net + "[convolutional]\nactivation=cubic\n", 6, "expected an activation out of linear, leaky")]
    [InlineData(Net + "[convolutional]\nsize=33\n", 6, "a window of 33 does not fit an input of 3 x 32 x 64 with a padding of 0")]
    [InlineData(Net + "[convolutional]\nfilters=4\ngroups=2\n", 7, "2 groups do not divide 3 channels in and 4 out")]
    [InlineData(Net + Convolution + "[shortcut]\nfrom=-2\n", 12, "'from' points from layer 1 to layer -1; expected 0 to 0")]
    [InlineData(Net + Convolution + Convolution + "[shortcut]\nfrom=0\n", 18, "layer 0 gives 8 x 16 x 32, but the layer before gives 8 x 8 x 16; expected equal shapes")]
    [InlineData(Net + Convolution + Convolution + "[route]\nlayers=-1,-2\n", 18, "layer 0 gives 8 x 16 x 32, but layer 1 gives 8 x 8 x 16; expected equal heights and widths")]
    [InlineData(Net + Convolution + "[route]\nlayers=0\ngroups=3\n", 13, "3 groups do not divide the 8 channels of layer 0")]
    [InlineData(Net + Convolution + "[route]\nlayers=0\ngroup_id=1\n", 13, "expected 'group_id' below 1, got 1")]
    [InlineData(Net + Convolution + "[maxpool]\nsize=40\nstride=2\npadding=1\n", 12, "a window of 40 does not fit an input of 8 x 16 x 32 with a padding of 1")]
    [InlineData(Net + Convolution + "[yolo]\nclasses=4\nnum=1\nanchors=1,2\n", 11, "expected 9 channels (1 anchors x (5 + 4 classes)), the layer before gives 8 x 16 x 32")]
    [InlineData(Net + Convolution + "[yolo]\nclasses=3\nnum=2\nanchors=1,2\n", 14, "expected 2 pairs of numbers for 'anchors', got 2 numbers")]
    [InlineData(Net + Convolution + "[yolo]\nclasses=3\nnum=1\nanchors=1,2\nmask=1\n", 15, "expected numbers from 0 to 0 for 'mask', got 1")]
    [InlineData(Net + Convolution + "[dropout]\nprobability=1\n", 12, "expected a share from 0 to below 1 for 'probability', got 1")]
    [InlineData(Net + Convolution + "[softmax]\ntree=a.tree\n", 12, "trees of classes do not exist here")]
    public void Network_OfWhatDoesNotFit_NamesTheLineAndWhatWasExpected(string text, int line, string problem) =>
        Fails(() => new DarknetNetwork(DarknetConfig.Parse(text, "broken.cfg")).Dispose(), line, problem);

    [Fact]
    public void YoloV3_OfANetworkWithoutScales_IsAnError()
    {
        using var network = new DarknetNetwork(DarknetConfig.Parse(Net + Convolution, "body.cfg"));

        var error = Assert.Throws<DataFormatException>(() => new YoloV3(network));

        Assert.Equal("body.cfg: expected [yolo] layers, got none", error.Message);
    }

    private static void Fails(Action action, int line, string problem)
    {
        var error = Assert.Throws<DataFormatException>(action);
        Assert.StartsWith("broken.cfg: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }
}
