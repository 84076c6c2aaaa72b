using System.Text.Json;
using DeepCourse.Data;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Storage;

/// <summary>In which form an <see cref="ImageStore"/> keeps its pictures.</summary>
/// <remarks>Without <see cref="Resize"/> and <see cref="ShortestSide"/> pictures keep their size.</remarks>
public sealed record ImageStoreOptions
{
    /// <summary>Makes every picture a frame of one size, without chance; for sets that are not cropped any more.</summary>
    public Resize? Resize { get; init; }

    /// <summary>Shrinks pictures, at their own shape, until their shorter side has this many pixels; smaller ones stay as
    /// they are. For sets that are cropped while they are read.</summary>
    public int? ShortestSide { get; init; }

    /// <summary>The channels to keep; <see cref="PixelLayout.Labels"/> for masks, with
    /// <see cref="ResizeFilter.Nearest"/>.</summary>
    /// <value>The default is <see cref="PixelLayout.Rgb"/>.</value>
    public PixelLayout Layout { get; init; } = PixelLayout.Rgb;

    /// <summary>The kernel of the resize.</summary>
    /// <value>The default is <see cref="ResizeFilter.Bilinear"/>, antialiased.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Grey of the borders that padding leaves.</summary>
    /// <value>The default is 114.</value>
    public byte Border { get; init; } = 114;

    /// <summary>Keeps pictures as JPEG of this quality, 1..100: about a tenth of the space, to be decoded at each
    /// reading.</summary>
    /// <value>The default keeps pixels.</value>
    public int? JpegQuality { get; init; }

    /// <summary>Whether to take what a damaged JPEG still gives instead of an error.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool TolerateDamage { get; init; }

    /// <summary>What to do with a picture that can't be read. One that is skipped keeps its number; reading it from the
    /// store is the error that reading its file was.</summary>
    /// <value>The default is <see cref="UnreadableItems.Throw"/>.</value>
    public UnreadableItems Unreadable { get; init; }

    /// <summary>Threads that decode and resize; the result is the same at any number. Twice as many pictures are in memory
    /// at a time.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>After how many bytes a build notes how far it is, to continue from there when it was
    /// interrupted.</summary>
    /// <value>The default is 256 MiB.</value>
    public long BytesInPart { get; init; } = 256L << 20;

    /// <summary>What the bytes of a store depend on, apart from its pictures.</summary>
    internal string Identity => JsonSerializer.Serialize(new
    {
        Resize = Resize?.ToString(),
        ShortestSide,
        Layout = Layout.ToString(),
        Filter = Filter.ToString(),
        Border,
        JpegQuality,
        TolerateDamage,
        Unreadable = Unreadable.ToString(),
    });

    internal ImageStoreOptions Checked()
    {
        if (Resize is RandomResizedCrop)
            throw new ArgumentException("A store keeps what it holds: crop by chance when pictures are read from it.");
        if (Resize is not null && ShortestSide is not null)
            throw new ArgumentException("A store resizes to frames or to a shortest side, not both.");
        if (JpegQuality is not null && Layout is not (PixelLayout.Rgb or PixelLayout.Grey))
            throw new ArgumentException($"JPEG can't keep {Layout}: leave out the quality to keep pixels.");
        ArgumentOutOfRangeException.ThrowIfLessThan(ShortestSide ?? 1, 1, nameof(ShortestSide));
        ArgumentOutOfRangeException.ThrowIfLessThan(JpegQuality ?? 1, 1, nameof(JpegQuality));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(JpegQuality ?? 1, 100, nameof(JpegQuality));
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BytesInPart, 1);
        return this;
    }
}
