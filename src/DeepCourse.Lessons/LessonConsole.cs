using Spectre.Console;

namespace DeepCourse.Lessons;

/// <summary>What a lesson says while it runs: coloured on a terminal, plain when redirected.</summary>
public sealed class LessonConsole
{
    private readonly IAnsiConsole _errors;
    private readonly string _speaker;

    internal LessonConsole(IAnsiConsole output, IAnsiConsole errors, string speaker = "") =>
        (Output, _errors, _speaker) = (output, errors, speaker);

    internal IAnsiConsole Output { get; }

    /// <summary>Whether someone watches: bars move only then.</summary>
    internal bool IsInteractive => Output.Profile.Capabilities.Interactive && Output.Profile.Capabilities.Ansi;

    /// <summary>The process's own console.</summary>
    internal static LessonConsole OfProcess() => new(Of(Console.Out, Console.IsOutputRedirected), Of(Console.Error, Console.IsErrorRedirected));

    /// <summary>The console of a process that trains with another one, which speaks for both: errors alone are said.</summary>
    /// <param name="rank">The process's number.</param>
    internal static LessonConsole OfProcess(int rank) =>
        new(Of(TextWriter.Null, redirected: true), Of(Console.Error, Console.IsErrorRedirected), $"process {rank}: ");

    /// <summary>Says something.</summary>
    /// <param name="text">A line.</param>
    public void Say(string text) => Line(Output, text, Style.Plain);

    /// <summary>Says that a new part begins.</summary>
    /// <param name="text">Its name.</param>
    public void Heading(string text) => Line(Output, "\n" + text, new Style(decoration: Decoration.Bold));

    /// <summary>Says something of less weight.</summary>
    /// <param name="text">A line.</param>
    public void Remark(string text) => Line(Output, text, new Style(foreground: Color.Grey));

    /// <summary>Warns, on the error stream.</summary>
    /// <param name="text">A line.</param>
    public void Warn(string text) => Line(_speaker.Length > 0 ? Output : _errors, "warning: " + text, new Style(foreground: Color.Yellow));

    /// <summary>Warns while a bar may be moving: on a line of its own.</summary>
    internal void Interrupt(string text) => Line(_speaker.Length > 0 ? Output : _errors, (IsInteractive ? "\nwarning: " : "warning: ") + text, new Style(foreground: Color.Yellow));

    /// <summary>Says what broke in one red line on the error stream.</summary>
    internal void Error(string text) => Line(_errors, $"error: {_speaker}{text}", new Style(foreground: Color.Red));

    /// <summary>Says more about an error, on the error stream.</summary>
    internal void Hint(string text) => Line(_errors, text, new Style(foreground: Color.Grey));

    // Spectre looks at TERM only: a file must get neither colours nor the terminal's line breaks.
    private static IAnsiConsole Of(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected) console.Profile.Width = 4096;
        return console;
    }

    private static void Line(IAnsiConsole console, string text, Style style) => console.Write(new Spectre.Console.Text(text + "\n", style));
}
