namespace DeepCourse.Text.Tokenization;

/// <summary>Two tokens that become one wherever they meet.</summary>
/// <param name="Left">The first, in the alphabet of bytes.</param>
/// <param name="Right">The second.</param>
public readonly record struct BytePairMerge(string Left, string Right)
{
    internal string Merged => Left + Right;
}
