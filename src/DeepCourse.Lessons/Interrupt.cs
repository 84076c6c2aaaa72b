using System.Runtime.InteropServices;

namespace DeepCourse.Lessons;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a request to stop; the second one ends the process at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action _said;
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="said">Called at the first signal, to tell the user what happens now.</param>
    public Interrupt(Action said)
    {
        _said = said;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested) Environment.Exit(ExitCode.Cancelled);
        _source.Cancel();
        _said();
    }
}
