namespace DeepCourse.Vision.Classification;

/// <summary>The plan of a <see cref="PreActivationResnet"/>.</summary>
/// <param name="Classes">The number of classes.</param>
public sealed record PreActivationOptions(int Classes = 10)
{
    /// <summary>Channels of the pictures.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Channels of the first convolution.</summary>
    public int Stem { get; init; } = 64;

    /// <summary>Channels of each stage; every stage but the first halves height and width.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [64, 128, 256, 512];

    /// <summary>Blocks in each stage.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [2, 2, 2, 2];

    /// <summary>Whether blocks are 1 x 1, 3 x 3, 1 x 1 with the middle a quarter as wide, instead of two of 3 x
    /// 3.</summary>
    public bool Bottleneck { get; init; }

    /// <summary>What the convolutions of a block are multiplied by before they are added.</summary>
    public double ResidualScale { get; init; } = 1;

    /// <summary>Whether the last convolution of each block starts at 0, so that blocks start as their
    /// shortcut.</summary>
    public bool ZeroInitialised { get; init; }

    /// <summary>Whether largest and mean activations both go into the last layer, instead of the mean alone.</summary>
    public bool ConcatPooling { get; init; }

    /// <summary>ResNet-18 with the normalisation before the convolution (He et al. 2016, arXiv 1603.05027).</summary>
    /// <param name="classes">The number of classes.</param>
    public static PreActivationOptions Resnet18(int classes = 10) => new(classes);

    /// <summary>The course's wide residual network of 22 layers (Zagoruyko and Komodakis 2016, arXiv 1605.07146), whose
    /// blocks are added at a fifth of their strength.</summary>
    /// <param name="factor">Times as wide as 16, 32, 64; the course's is 6.</param>
    /// <param name="classes">The number of classes.</param>
    public static PreActivationOptions WideResnet22(int factor = 6, int classes = 10) => new(classes)
    {
        Stem = 16,
        Widths = [16 * factor, 32 * factor, 64 * factor],
        Blocks = [3, 3, 3],
        ResidualScale = 0.2,
    };
}
