using System.Text;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>A small dictionary that one process serves and all processes of a group read and write: c10d's TCP store, the
/// one that PyTorch's processes find each other by. Each object is a connection, for one thread at a time.</summary>
public sealed unsafe class KeyStore : IDisposable
{
    private IntPtr handle;

    /// <summary>Serves a store, or connects to one, waiting until it is there.</summary>
    /// <param name="host">Where the store is served.</param>
    /// <param name="port">Its port.</param>
    /// <param name="serves">Whether this process serves it.</param>
    /// <param name="patience">How long to wait, for the connection and later in <see cref="Get"/>.</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">Nobody answers, or the port is taken.</exception>
    public KeyStore(string host, int port, bool serves, TimeSpan patience)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        IntPtr opened;
        Errors.Check(NativeMethods.dct_store_open(host, port, serves ? 1 : 0, (long)patience.TotalMilliseconds, &opened));
        handle = opened;
    }

    internal IntPtr Handle => handle != IntPtr.Zero ? handle : throw new ObjectDisposedException(nameof(KeyStore));

    /// <summary>Writes a text.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The text; replaces what was there.</param>
    public void Set(string key, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* start = bytes) Errors.Check(NativeMethods.dct_store_set(Handle, key, start, bytes.Length));
    }

    /// <summary>Reads a text, waiting for it to be there.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">It didn't come.</exception>
    public string Get(string key)
    {
        // Enough for what is stored here in one call; the length says whether it was.
        var bytes = new byte[1024];
        long length = 0;
        for (var again = true; again;)
        {
            fixed (byte* start = bytes) Errors.Check(NativeMethods.dct_store_get(Handle, key, start, bytes.Length, &length));
            again = length > bytes.Length;
            if (again) bytes = new byte[length];
        }
        return Encoding.UTF8.GetString(bytes, 0, (int)length);
    }

    /// <summary>Whether there is something of that name; doesn't wait.</summary>
    /// <param name="key">The name.</param>
    public bool Has(string key)
    {
        int found;
        Errors.Check(NativeMethods.dct_store_check(Handle, key, &found));
        return found != 0;
    }

    /// <summary>Adds to a number, in one step for all processes.</summary>
    /// <param name="key">The number's name; it begins with 0.</param>
    /// <param name="amount">What to add; 0 reads it.</param>
    /// <returns>The number afterwards.</returns>
    public long Add(string key, long amount)
    {
        long result;
        Errors.Check(NativeMethods.dct_store_add(Handle, key, amount, &result));
        return result;
    }

    /// <summary>Closes the connection; where this process serves the store, it ends for all.</summary>
    public void Dispose()
    {
        if (handle == IntPtr.Zero) return;
        _ = NativeMethods.dct_store_free(handle);
        handle = IntPtr.Zero;
    }
}
