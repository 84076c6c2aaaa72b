namespace DeepCourse.Vision.Darknet;

/// <summary>The shape of one layer's answer for one picture.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows; 1 behind layers that know no places.</param>
/// <param name="Width">Columns; 1 behind layers that know no places.</param>
public readonly record struct DarknetShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers for each picture.</summary>
    public long Size => (long)Channels * Height * Width;

    /// <summary>A short description such as "256 x 13 x 13".</summary>
    /// <returns>Channels, height and width.</returns>
    public override string ToString() => $"{Channels} x {Height} x {Width}";
}
