using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Imaging;

/// <summary>A codec's shared library, loaded on first use.</summary>
internal sealed class CodecLibrary
{
    private readonly nint _handle;
    private readonly string _description;
    private string? _missing;

    /// <param name="purpose">What it is needed for, as in "JPEG pictures".</param>
    /// <param name="package">Debian's package that holds it.</param>
    /// <param name="names">File names to try, best first.</param>
    public CodecLibrary(string purpose, string package, params ReadOnlySpan<string> names)
    {
        _description = $"{purpose} need {names[0]} (Debian: apt-get install {package})";
        foreach (var name in names)
            if (NativeLibrary.TryLoad(name, out _handle)) return;
    }

    /// <summary>The address of an exported function; 0 without the library. Static fields hold these, so nothing is
    /// thrown here: the error would arrive wrapped in a TypeInitializationException.</summary>
    public nint this[string function]
    {
        get
        {
            if (_handle == 0) return 0;
            if (NativeLibrary.TryGetExport(_handle, function, out var address)) return address;
            _missing ??= function;
            return 0;
        }
    }

    /// <summary>Throws unless the library and all functions asked for are there; to be called before the first of
    /// them.</summary>
    /// <exception cref="DllNotFoundException">None of the names can be loaded.</exception>
    /// <exception cref="EntryPointNotFoundException">The library is another version.</exception>
    public void Require()
    {
        if (_handle == 0)
            throw new DllNotFoundException($"{_description}; it is not installed, or the loader can't find it");
        if (_missing is not null)
            throw new EntryPointNotFoundException(
                $"{_description}; the one that is installed has no function {_missing}");
    }
}
