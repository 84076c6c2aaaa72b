namespace DeepCourse.Vision.Imaging;

/// <summary>One order to the codecs: which pixels to deliver, and how.</summary>
/// <param name="Info">The file's head.</param>
/// <param name="Layout">Channels to deliver.</param>
/// <param name="LeastScale">The result may be smaller than stored, but no smaller than this share of each side.</param>
/// <param name="TolerateDamage">Deliver what a damaged file still gives.</param>
/// <param name="Rent">Take the pixels from the shared pool.</param>
/// <param name="Name">The file, for errors.</param>
internal readonly record struct DecodeRequest(
    ImageInfo Info, PixelLayout Layout, double LeastScale, bool TolerateDamage, bool Rent, string Name)
{
    public Raster Allocate(PixelSize size, int channels) => Raster.Allocate(size.Width, size.Height, channels, Rent);
}
