namespace DeepCourse.Data;

/// <summary>Lets one process at a time do what many may want to do: fill a folder, build a file.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until no other process holds the lock.</summary>
    /// <param name="path">What is locked; the lock lies beside it as <c>PATH.lock</c> and is left there.</param>
    /// <param name="onWait">Called once if another process has it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock, until it is disposed.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <remarks>The lock is the open file, not its existence: it ends with the process, so a crash leaves nothing
    /// locked.</remarks>
    public static IDisposable Take(string path, Action onWait, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists($"{path}.lock"))
            {
                if (attempt == 0) onWait();
                cancellation.ThrowIfCancellationRequested();
                cancellation.WaitHandle.WaitOne(Patience);
            }
        }
    }
}
