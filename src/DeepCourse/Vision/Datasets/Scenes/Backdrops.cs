using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>Which desktop pictures lie behind the scenes, which part of each, and on which side of the division.</summary>
/// <remarks>
/// Validation has photographs only. Parts leave out what a classifier would have to take for an object nobody
/// mentioned: dogs in a window, a bird on a trunk, a drum.
/// </remarks>
internal static class Backdrops
{
    private const int LongestSide = 1400;

    private static readonly Backdrop[] all =
    [
        new("Bridge_by_Sander_Klootwijk", IsForValidation: true),
        new("aitzgorri_by_Aitzol_Berasategi", IsForValidation: true),
        new("seeding_by_Clements_Engelhardt", IsForValidation: true),
        new("life_by_Aitzol_Berasategi", IsForValidation: true),
        new("Dragonfly_by_Bolly"),
        new("picosdeeuropa_by_Aitzol_Berasategi"),
        new("sunset_by_Aitzol_Berasategi"),
        new("Picture_1A_by_freespace"),
        new("greentock_by_Peter_Nerlich"),
        new("Infinite-Sea_by_Aury88"),
        new("Kleiber_by_Lukas_Baubkus", Width: 0.38),
        new("friends_by_Aitzol_Berasategi", Top: 0.66, Height: 0.34),
        new("free_by_Peter_Nerlich", Height: 0.5),
        new("Picture_0B_by_freespace", Width: 0.36),
        new("Wine_by_Jakkub_Mede", Top: 0.72, Height: 0.28),
        new("analogpattern_by_Peter_Nerlich"),
        new("Fossa_by_Jasper_Roks"),
        new("Painting-Colors_by__herobrine7gamer"),
        new("umang_by_Abhishek_Mudgal"),
    ];

    /// <summary>Reads the pictures.</summary>
    /// <param name="folders">Folders that have them between them.</param>
    /// <returns>RGB pictures for training and for validation.</returns>
    /// <exception cref="DataFormatException">None of the pictures of one side is there.</exception>
    internal static (Image[] Training, Image[] Validation) Read(IReadOnlyList<string> folders)
    {
        var pictures = all.AsParallel().AsOrdered()
            .Select(backdrop => (backdrop.IsForValidation, Picture: Open(backdrop, folders)))
            .ToArray();
        Image[] Side(bool isForValidation) =>
            [.. pictures.Where(entry => entry.IsForValidation == isForValidation).Select(entry => entry.Picture).OfType<Image>()];
        var (training, validation) = (Side(false), Side(true));
        return training.Length > 0 && validation.Length > 0
            ? (training, validation)
            : throw new DataFormatException(string.Join(", ", folders), "lacks the photographs of the lomiri wallpapers");
    }

    private static Image? Open(Backdrop backdrop, IReadOnlyList<string> folders)
    {
        var path = folders.Select(folder => Path.Combine(folder, backdrop.File + ".jpg")).FirstOrDefault(File.Exists);
        if (path is null) return null;
        var size = ImageReader.Identify(path).Size;
        var scale = Math.Min(1, (double)LongestSide / Math.Max(size.Width, size.Height));
        var small = new PixelSize((int)(size.Width * scale), (int)(size.Height * scale));
        var picture = ImageReader.Read(path, new ReadOptions(PixelLayout.Rgb, small)).Resize(small);
        var part = new PixelSize((int)(small.Width * backdrop.Width), (int)(small.Height * backdrop.Height));
        return picture.Crop((int)(small.Width * backdrop.Left), (int)(small.Height * backdrop.Top), part);
    }

    /// <summary>A picture, and the part of it in shares of its sides.</summary>
    private sealed record Backdrop(
        string File, double Left = 0, double Top = 0, double Width = 1, double Height = 1, bool IsForValidation = false);
}
