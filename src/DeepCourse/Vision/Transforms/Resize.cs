using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Transforms;

/// <summary>Says how pictures of any size become frames of one size. A description: it decides where a picture goes
/// (<see cref="Place"/>), and the <see cref="Placement"/> does the rest.</summary>
/// <param name="Frame">Size of the frames in pixels.</param>
/// <remarks><b>Extending.</b> Derive a record and override <see cref="Place"/>; draw only from the generator it is
/// given. What it returns must have <see cref="Placement.Into"/> in whole pixels inside the frame, and
/// <see cref="Placement.From"/> inside the picture.</remarks>
public abstract record Resize(PixelSize Frame)
{
    /// <summary>The whole picture, stretched: nothing is lost, the sides' ratio changes.</summary>
    /// <param name="side">Side of the square frame in pixels.</param>
    /// <returns>The description.</returns>
    public static Resize Squash(int side) => new SquashResize(PixelSize.Square(side));

    /// <summary>The largest middle part that has the frame's shape.</summary>
    /// <param name="side">Side of the square frame in pixels.</param>
    /// <returns>The description.</returns>
    public static Resize Crop(int side) => new CropResize(PixelSize.Square(side));

    /// <summary>The whole picture in the middle of the frame, with borders at two sides.</summary>
    /// <param name="side">Side of the square frame in pixels.</param>
    /// <returns>The description.</returns>
    public static Resize Pad(int side) => new PadResize(PixelSize.Square(side));

    /// <summary>A part of random size, shape and place, for training classifiers.</summary>
    /// <param name="side">Side of the square frame in pixels.</param>
    /// <param name="leastArea">The smallest share of the picture's area that a part may have.</param>
    /// <returns>The description.</returns>
    public static Resize RandomCrop(int side, double leastArea = 0.35) =>
        new RandomResizedCrop(PixelSize.Square(side), leastArea);

    /// <summary>Decides where a picture goes.</summary>
    /// <param name="picture">Size of the upright picture.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>One draw, to be applied to the picture and all that belongs to it.</returns>
    public abstract Placement Place(PixelSize picture, Random random);

    /// <summary>Whether all its frames have the size of <see cref="Frame"/>.</summary>
    internal virtual bool HasOneFrame => true;

    private protected Placement Fill(PixelArea from) => new(from, PixelArea.Whole(Frame), Frame);
}
