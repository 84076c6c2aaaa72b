using System.Diagnostics;
using System.Globalization;

namespace DeepCourse.Benchmarks;

/// <summary>A Python program that measures the same thing, on request, in the same minutes.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    private Peer(Process process) => _process = process;

    /// <summary>Starts the peer; null, with the reason, where there is no Python with the modules that it needs.</summary>
    internal static Peer? Start(string script, out string reason, string modules = "torch, torchvision")
    {
        if (Find(modules) is not { } python)
        {
            reason = Missing(modules);
            return null;
        }
        reason = "";
        return new Peer(Process.Start(new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "Peers", script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>A Python with the modules; null where there is none.</summary>
    internal static string? Find(string modules)
    {
        string?[] known = [Environment.GetEnvironmentVariable("DEEPCOURSE_PYTHON"), "/usr/bin/python3", "python3"];
        return known.FirstOrDefault(python => !string.IsNullOrEmpty(python) && Has(modules, python));
    }

    internal static string Missing(string modules) =>
        $"no python3 with {modules} (Debian: python3-torch, python3-torchvision); set DEEPCOURSE_PYTHON to one";

    internal string Ask(string order)
    {
        _process.StandardInput.WriteLine(order);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"the Python peer ended at '{order}' with exit code {_process.ExitCode}");
    }

    internal double Measure(string order) => double.Parse(Ask(order), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.WriteLine("quit");
            _process.StandardInput.Close();
            if (!_process.WaitForExit(5000)) _process.Kill(entireProcessTree: true);
        }
        _process.Dispose();
    }

    private static bool Has(string modules, string python)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(python, ["-c", $"import {modules}"])
            {
                RedirectStandardError = true,
            })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
