using System.CommandLine;
using System.CommandLine.Parsing;

namespace DeepCourse.Lessons;

/// <summary>Checks of option values, with messages that name option, value and range.</summary>
internal static class OptionChecks
{
    public static Option<string> AcceptOnly(this Option<string> option, params string[] words)
    {
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    public static Option<int> AtLeast(this Option<int> option, int least)
    {
        option.Validators.Add(result => Check(result, option, value => value >= least, $"at least {least}"));
        return option;
    }

    public static Option<double> Within(this Option<double> option, double least, double most)
    {
        option.Validators.Add(result => Check(result, option, value => value >= least && value <= most, FormattableString.Invariant($"{least} to {most}")));
        return option;
    }

    public static Option<double> Positive(this Option<double> option)
    {
        option.Validators.Add(result => Check(result, option, value => value > 0 && double.IsFinite(value), "more than 0"));
        return option;
    }

    private static void Check<T>(OptionResult result, Option<T> option, Func<T, bool> isFine, string expected)
    {
        if (result.Errors.Any() || result.Tokens.Count == 0) return;
        var text = result.Tokens[^1].Value;
        try
        {
            if (!isFine(result.GetValue(option)!)) result.AddError($"{option.Name}: expected {expected}, actual {text}");
        }
        catch (InvalidOperationException)
        {
            // Not a number at all: the parser says so itself.
        }
    }
}
