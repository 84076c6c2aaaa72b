using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Imaging;

/// <summary>Entry points of libturbojpeg, bound on first use.</summary>
internal static unsafe class TurboJpegApi
{
    /// <summary>The output buffer is large enough and must not be replaced by the library.</summary>
    public const int KeepBuffer = 1024;

    public static readonly CodecLibrary Library = new(
        "JPEG pictures", "libturbojpeg0", "libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.dylib", "turbojpeg");

    private static readonly nint InitDecompressAddress = Library["tjInitDecompress"];
    private static readonly nint InitCompressAddress = Library["tjInitCompress"];
    private static readonly nint DestroyAddress = Library["tjDestroy"];
    private static readonly nint ErrorTextAddress = Library["tjGetErrorStr2"];
    private static readonly nint ErrorCodeAddress = Library["tjGetErrorCode"];
    private static readonly nint HeaderAddress = Library["tjDecompressHeader3"];
    private static readonly nint DecompressAddress = Library["tjDecompress2"];
    private static readonly nint CompressAddress = Library["tjCompress2"];
    private static readonly nint LargestAddress = Library["tjBufSize"];

    public static nint InitDecompress() => ((delegate* unmanaged[Cdecl]<nint>)InitDecompressAddress)();

    public static nint InitCompress() => ((delegate* unmanaged[Cdecl]<nint>)InitCompressAddress)();

    public static int Destroy(nint handle) => ((delegate* unmanaged[Cdecl]<nint, int>)DestroyAddress)(handle);

    public static string ErrorText(nint handle) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)ErrorTextAddress)(handle)) ?? "unknown error";

    /// <summary>0 for a warning (the picture is complete but may be wrong), 1 for an error.</summary>
    public static int ErrorCode(nint handle) => ((delegate* unmanaged[Cdecl]<nint, int>)ErrorCodeAddress)(handle);

    public static int ReadHeader(
        nint handle, byte* data, nuint length, int* width, int* height, int* subsampling, int* colours) =>
        ((delegate* unmanaged[Cdecl]<nint, byte*, nuint, int*, int*, int*, int*, int>)HeaderAddress)(
            handle, data, length, width, height, subsampling, colours);

    public static int Decompress(
        nint handle, byte* data, nuint length, byte* target, int width, int pitch, int height, int pixels, int flags) =>
        ((delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, int, int, int, int, int, int>)DecompressAddress)(
            handle, data, length, target, width, pitch, height, pixels, flags);

    public static int Compress(
        nint handle, byte* source, int width, int pitch, int height, int pixels, byte** target, nuint* length,
        int subsampling, int quality, int flags) =>
        ((delegate* unmanaged[Cdecl]<nint, byte*, int, int, int, int, byte**, nuint*, int, int, int, int>)
            CompressAddress)(
            handle, source, width, pitch, height, pixels, target, length, subsampling, quality, flags);

    public static nuint LargestSize(int width, int height, int subsampling) =>
        ((delegate* unmanaged[Cdecl]<int, int, int, nuint>)LargestAddress)(width, height, subsampling);
}
