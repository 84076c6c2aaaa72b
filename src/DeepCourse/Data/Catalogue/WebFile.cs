namespace DeepCourse.Data.Catalogue;

/// <summary>A file of a web server.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal, where the makers never change the file.</param>
/// <param name="FileName">Its name on the disk, where the address does not end with one.</param>
public sealed record WebFile(Uri Address, string? Sha256 = null, string? FileName = null)
{
    /// <summary>A file by the text of its address.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="sha256">Its SHA-256 in hexadecimal, where the makers never change the file.</param>
    /// <param name="fileName">Its name on the disk, where the address does not end with one.</param>
    public WebFile(string address, string? sha256 = null, string? fileName = null)
        : this(new Uri(address), sha256, fileName)
    {
    }

    /// <summary>Its name on the disk.</summary>
    public string LocalName => FileName ?? Path.GetFileName(Address.AbsolutePath);
}
