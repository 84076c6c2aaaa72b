using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Imaging.Drawing;

namespace DeepCourse.Tests.Vision.Imaging.Drawing;

/// <summary>Small pictures as text: '.' is the ground they start with, 'o' one colour, '#' ink, '?' anything else.</summary>
internal static class DrawnPixels
{
    public const byte Ground = 100;

    public static Rgb Colour { get; } = new(255, 210, 60);

    public static Image Blank(int width, int height, int channels = 3)
    {
        var image = new Image(width, height, channels);
        image.Pixels.AsSpan().Fill(Ground);
        return image;
    }

    public static string Text(Image image) => string.Join('\n', Enumerable.Range(0, image.Height).Select(y =>
        string.Concat(Enumerable.Range(0, image.Width).Select(x => Letter(image[x, y])))));

    public static Rgb At(Image image, int x, int y) => new(image[x, y][0], image[x, y][1], image[x, y][2]);

    public static int Count(Image image, Rgb colour) => (
        from y in Enumerable.Range(0, image.Height)
        from x in Enumerable.Range(0, image.Width)
        where At(image, x, y) == colour
        select x).Count();

    private static char Letter(ReadOnlySpan<byte> pixel) => new Rgb(pixel[0], pixel[1], pixel[2]) switch
    {
        (Ground, Ground, Ground) => '.',
        var colour when colour == Colour => 'o',
        var colour when colour == Rgb.Ink => '#',
        _ => '?',
    };
}
