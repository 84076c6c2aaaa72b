using DeepCourse.Tensors;

namespace DeepCourse.Vision.Darknet;

/// <summary>A network as darknet's <c>.cfg</c> files describe it: sections in brackets, options as <c>key=value</c>,
/// one a line.</summary>
/// <remarks>The format of Redmon's darknet (github.com/pjreddie/darknet): white space means nothing, lines that start with
/// # or ; are remarks, the first section is <c>[net]</c>, every other one is a layer.</remarks>
public sealed class DarknetConfig
{
    private DarknetConfig(string name, DarknetSection net, IReadOnlyList<DarknetSection> layers) =>
        (Name, Net, Layers) = (name, net, layers);

    /// <summary>What messages call the file.</summary>
    public string Name { get; }

    /// <summary>The first section: the input's size, and how to train.</summary>
    public DarknetSection Net { get; }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<DarknetSection> Layers { get; }

    /// <summary>The shape of a picture that enters the network.</summary>
    /// <exception cref="DataFormatException">The first section does not tell it.</exception>
    public DarknetShape Input =>
        new(Net.Integer("channels", least: 1), Net.Integer("height", least: 1), Net.Integer("width", least: 1));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The <c>.cfg</c> file.</param>
    /// <returns>The sections; what they say is looked at when a network is made of them.</returns>
    /// <exception cref="DataFormatException">A line that is no section, option or remark; no <c>[net]</c>; no
    /// layer.</exception>
    public static DarknetConfig Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The contents of a <c>.cfg</c> file.</param>
    /// <param name="name">What messages call it.</param>
    /// <returns>The sections.</returns>
    /// <exception cref="DataFormatException">As for <see cref="Read"/>.</exception>
    public static DarknetConfig Parse(string text, string name = "configuration")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        var sections = new List<DarknetSection>();
        var number = 0;
        foreach (var written in text.Split('\n'))
        {
            number++;
            var line = string.Concat(written.Where(letter => !char.IsWhiteSpace(letter)));
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line[0] == '[') sections.Add(new(name, KindOf(line, name, number), number));
            else AddOption(sections, line, name, number);
        }

        if (sections.Count == 0 || sections[0].Kind is not ("net" or "network"))
            throw DataFormatException.AtLine(
                name, sections.FirstOrDefault()?.Line ?? 1,
                $"expected [net] as the first section, got {(sections.Count == 0 ? "none" : $"[{sections[0].Kind}]")}");
        if (sections.Count == 1) throw sections[0].Fault("expected layers after it, got none");
        return new(name, sections[0], sections[1..]);
    }

    private static string KindOf(string line, string name, int number) =>
        line.Length > 2 && line.IndexOf(']', StringComparison.Ordinal) == line.Length - 1
            ? line[1..^1].ToLowerInvariant()
            : throw DataFormatException.AtLine(name, number, $"expected a section such as [route], got '{line}'");

    private static void AddOption(List<DarknetSection> sections, string line, string name, int number)
    {
        var sign = line.IndexOf('=', StringComparison.Ordinal);
        if (sign <= 0 || sign == line.Length - 1)
            throw DataFormatException.AtLine(name, number, $"expected key=value, got '{line}'");
        if (sections.Count == 0)
            throw DataFormatException.AtLine(name, number, $"expected [net] before the first option, got '{line}'");
        sections[^1].Add(line[..sign], line[(sign + 1)..], number);
    }
}
