using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Imaging;

/// <summary>A TurboJPEG state; each thread has its own, because one can serve only one call at a time and making one
/// costs as much as decoding a thumbnail.</summary>
internal sealed class TurboJpegHandle : SafeHandle
{
    [ThreadStatic]
    private static TurboJpegHandle? t_decompressor;

    [ThreadStatic]
    private static TurboJpegHandle? t_compressor;

    private TurboJpegHandle(nint handle)
        : base(0, ownsHandle: true)
    {
        if (handle == 0) throw new InvalidOperationException("libjpeg-turbo has no memory for another state");
        SetHandle(handle);
    }

    public static TurboJpegHandle Decompressor => t_decompressor ??= Make(TurboJpegApi.InitDecompress);

    public static TurboJpegHandle Compressor => t_compressor ??= Make(TurboJpegApi.InitCompress);

    public override bool IsInvalid => handle == 0;

    /// <summary>The raw state; this thread's static field keeps it alive during a call.</summary>
    public nint Pointer => handle;

    public string Error => TurboJpegApi.ErrorText(handle);

    /// <summary>Takes this thread's decompressor out of use and tells what it reports. A broken file can leave broken
    /// tables behind, which later files then stumble over.</summary>
    public static (string Message, bool IsFatal) Discard()
    {
        var broken = Decompressor;
        var report = (TurboJpegApi.ErrorText(broken.handle), TurboJpegApi.ErrorCode(broken.handle) != 0);
        t_decompressor = null;
        broken.Dispose();
        return report;
    }

    private static TurboJpegHandle Make(Func<nint> initialize)
    {
        TurboJpegApi.Library.Require();
        return new TurboJpegHandle(initialize());
    }

    protected override bool ReleaseHandle() => TurboJpegApi.Destroy(handle) == 0;
}
