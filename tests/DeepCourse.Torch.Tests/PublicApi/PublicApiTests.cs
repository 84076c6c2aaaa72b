using System.Reflection;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>The binding offers nothing that TorchSharp does not: every public member equals a line of its API list.</summary>
public sealed class PublicApiTests
{
    private static IEnumerable<Type> VisibleTypes =>
        typeof(torch).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) == true && IsVisible(t));

    [SkippableFact]
    public void EveryMember_IsAMemberOfTorchSharp()
    {
        var api = ApiList();
        var strangers = VisibleTypes.SelectMany(t => MemberLines.Of(t).Select(line => $"{TypeNames.Full(t)}: {line}"))
            .Where(line => !api.Contains(Outside(line)) && !AddsNothing(line)).Order(StringComparer.Ordinal).ToList();

        Assert.True(strangers.Count == 0, $"{strangers.Count} members are not in the API list:\n{string.Join('\n', strangers)}");
    }

    [SkippableFact]
    public void EveryType_IsDeclaredAsInTorchSharp()
    {
        var api = ApiList();
        var strangers = VisibleTypes.Select(t => "## " + TypeLines.Of(t)).Where(line => !api.Contains(line)).Order(StringComparer.Ordinal).ToList();

        Assert.True(strangers.Count == 0, $"{strangers.Count} types are not in the API list:\n{string.Join('\n', strangers)}");
    }

    private static HashSet<string> ApiList()
    {
        var path = Path.Combine(Repository.Root, "..", "shared", "torchsharp-api.txt");
        Skip.IfNot(File.Exists(path), $"The API list is not at {path}.");
        return [.. File.ReadLines(path).Select(Outside)];
    }

    // To another assembly the two are the same.
    private static string Outside(string line) => line.Replace("protected internal ", "protected ", StringComparison.Ordinal);

    // What is overridden is already there to be called.
    private static bool AddsNothing(string line) => line.Contains(": override ", StringComparison.Ordinal)
        || line.Contains(": protected override ", StringComparison.Ordinal) || line.Contains(": protected internal override ", StringComparison.Ordinal);

    private static bool IsVisible(Type type) =>
        type.DeclaringType is { } outer
            ? IsVisible(outer) && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
            : type.IsPublic;
}
