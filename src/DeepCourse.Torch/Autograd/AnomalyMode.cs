using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>While it lives, backward names the forward operation of a failing step, and NaN gradients are failures.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool enabledBefore = IsEnabled;
    private readonly bool checkedBefore = ShouldCheckNaN;
    private bool done;

    public AnomalyMode(bool enabled, bool check_nan = true) => Set(enabled, check_nan);

    public static bool IsEnabled => (NativeMethods.dct_anomaly_mode() & 1) != 0;

    public static bool ShouldCheckNaN => (NativeMethods.dct_anomaly_mode() & 2) != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (done || !disposing) return;
        done = true;
        Set(enabledBefore, checkedBefore);
    }

    private static void Set(bool enabled, bool checkNaN) =>
        Errors.Check(NativeMethods.dct_set_anomaly_mode(enabled ? 1 : 0, checkNaN ? 1 : 0));
}
