using System.CommandLine;

namespace DeepCourse.Lessons;

/// <summary>An option that one lesson adds to those all lessons share. Read it with <see cref="LessonContext.Value{T}"/>.</summary>
public abstract class LessonOption
{
    private protected LessonOption()
    {
    }

    internal abstract Option Parsed { get; }

    /// <summary>A choice from a few words.</summary>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it changes.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <param name="choices">The words allowed.</param>
    /// <returns>The option.</returns>
    public static LessonOption<string> Choice(string name, string description, string defaultValue, params string[] choices)
    {
        var option = new LessonOption<string>(name, description, defaultValue);
        option.Typed.AcceptOnlyFromAmong(choices);
        return option;
    }

    /// <summary>A value of any type that has a text form: numbers, text, switches.</summary>
    /// <typeparam name="T">int, long, double, bool, string or an enum.</typeparam>
    /// <param name="name">Long name, with the two dashes.</param>
    /// <param name="description">What it changes.</param>
    /// <param name="defaultValue">Value when it is not given.</param>
    /// <returns>The option.</returns>
    public static LessonOption<T> Of<T>(string name, string description, T defaultValue) => new(name, description, defaultValue);
}

/// <summary>An option of a lesson, with its type.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class LessonOption<T> : LessonOption
{
    internal LessonOption(string name, string description, T defaultValue)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"expected a long name such as --backbone, actual '{name}'", nameof(name));
        Typed = new Option<T>(name) { Description = description, DefaultValueFactory = _ => defaultValue, Recursive = true };
    }

    internal Option<T> Typed { get; }

    internal override Option Parsed => Typed;
}
