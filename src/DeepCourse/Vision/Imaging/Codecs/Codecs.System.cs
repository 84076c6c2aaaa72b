namespace DeepCourse.Vision.Imaging;

/// <summary>The codecs of this stack: libjpeg-turbo, libpng and libwebp as the machine has them.</summary>
internal static class Codecs
{
    public static PixelSize Size(ReadOnlySpan<byte> data, ImageFormat format, string name) => format switch
    {
        ImageFormat.Jpeg => TurboJpeg.Size(data, name),
        ImageFormat.Png => LibPng.Size(data, name),
        _ => LibWebP.Size(data, name),
    };

    public static Raster Decode(ReadOnlySpan<byte> data, in DecodeRequest request) => request.Info.Format switch
    {
        ImageFormat.Jpeg => TurboJpeg.Decode(data, request),
        ImageFormat.Png => LibPng.Decode(data, request),
        _ => LibWebP.Decode(data, request),
    };

    public static byte[] EncodeJpeg(Image image, int quality) => TurboJpeg.Encode(image, quality);

    public static byte[] EncodePng(Image image) => LibPng.Encode(image);
}
