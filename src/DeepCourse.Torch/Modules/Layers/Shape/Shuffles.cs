using TorchSharp.Interop;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Channels become pixels: [n, c r^2, h, w] to [n, c, h r, w r] (Shi et al. 2016).</summary>
public sealed class PixelShuffle : ParameterLessModule<Tensor, Tensor>
{
    internal PixelShuffle(long upscale_factor) : base(nameof(PixelShuffle)) => this.upscale_factor = upscale_factor;

    public long upscale_factor { get; set; }

    public override Tensor forward(Tensor input) => functional.pixel_shuffle(input, upscale_factor);
}

/// <summary>Pixels become channels: the inverse of PixelShuffle.</summary>
public sealed class PixelUnshuffle : ParameterLessModule<Tensor, Tensor>
{
    internal PixelUnshuffle(long downscale_factor) : base(nameof(PixelUnshuffle)) =>
        this.downscale_factor = downscale_factor;

    public long downscale_factor { get; set; }

    public override Tensor forward(Tensor input) => functional.pixel_unshuffle(input, downscale_factor);
}

/// <summary>Interleaves the channels of groups (Zhang et al. 2017).</summary>
public sealed class ChannelShuffle : ParameterLessModule<Tensor, Tensor>
{
    internal ChannelShuffle(long groups) : base(nameof(ChannelShuffle)) => this.groups = groups;

    public long groups { get; set; }

    public override Tensor forward(Tensor tensor) => Aten.channel_shuffle(tensor, groups);
}
