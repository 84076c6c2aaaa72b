using DeepCourse.Torch.Tests.PublicApi;

namespace DeepCourse.Tests.Architecture;

/// <summary>The library's public surface is written down, so that a change of it is seen where changes are read.</summary>
public sealed class PublicApiTests
{
    private const string RenewVariable = "DEEPCOURSE_RENEW_API";

    [SkippableFact]
    public void PublicSurface_IsWhatIsWrittenDown()
    {
#if !SYSTEM_STACK
        Skip.If(true, "the list is written with the system stack");
#endif
        var path = Path.GetFullPath(Path.Combine(ReferenceFiles.PathOf("."), "..", "..", "src", "DeepCourse", "PublicApi.txt"));
        var actual = Surface().ToList();
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1") File.WriteAllText(path, string.Join('\n', actual) + "\n");

        var expected = File.ReadAllLines(path);
        var added = actual.Except(expected).Select(line => "+ " + line);
        var removed = expected.Except(actual).Select(line => "- " + line);
        Assert.True(
            actual.SequenceEqual(expected),
            $"The public surface has changed; if that is meant, run ./course api and commit {Path.GetFileName(path)}:\n"
            + string.Join('\n', added.Concat(removed)));
    }

    // A type's declaration, then its members behind its name: every line stands for itself.
    private static IEnumerable<string> Surface() => typeof(DeepCourse.Training.Learner).Assembly.GetTypes()
        .Where(type => type.IsVisible)
        .OrderBy(TypeNames.Full, StringComparer.Ordinal)
        .SelectMany(type => MemberLines.Of(type)
            .Select(member => $"{TypeNames.Full(type)}: {member}")
            .Order(StringComparer.Ordinal)
            .Prepend(TypeLines.Of(type)));
}
