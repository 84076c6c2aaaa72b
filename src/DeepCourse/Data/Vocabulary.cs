using System.Collections;

namespace DeepCourse.Data;

/// <summary>An ordered list of distinct names and the way back from a name to its number.</summary>
public sealed class Vocabulary : IReadOnlyList<string>
{
    private const int NamesShown = 10;
    private readonly string[] _names;
    private readonly Dictionary<string, int> _indices;

    /// <summary>Numbers names in the given order.</summary>
    /// <param name="names">Distinct names, compared exactly.</param>
    /// <param name="unknown">
    /// The name that stands for all names not listed; appended if it is not among the names. Without it, a name not
    /// listed is an error.
    /// </param>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public Vocabulary(IEnumerable<string> names, string? unknown = null)
    {
        _names = [.. names];
        if (unknown != null && !_names.Contains(unknown)) _names = [.. _names, unknown];
        _indices = new(_names.Length, StringComparer.Ordinal);
        for (var index = 0; index < _names.Length; index++)
            if (!_indices.TryAdd(_names[index], index))
                throw new ArgumentException($"The name '{_names[index]}' occurs twice.", nameof(names));
        Unknown = unknown;
    }

    /// <summary>The name that stands for all names not listed, if there is one.</summary>
    public string? Unknown { get; }

    /// <summary>The number of names.</summary>
    public int Count => _names.Length;

    /// <summary>The name with a number.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public string this[int index] => _names[index];

    /// <summary>Numbers the distinct names of a data set in alphabetical order.</summary>
    /// <param name="names">Names, any number of times each.</param>
    /// <param name="unknown">The name that stands for all other names.</param>
    public static Vocabulary Of(IEnumerable<string> names, string? unknown = null) =>
        new(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), unknown);

    /// <summary>The number of a name, or of <see cref="Unknown"/>.</summary>
    /// <param name="name">The name to look up.</param>
    /// <exception cref="ArgumentException">The name is not listed and there is no name for unknown ones.</exception>
    public int IndexOf(string name)
    {
        if (_indices.TryGetValue(name, out var index)) return index;
        if (Unknown != null) return _indices[Unknown];
        var known = string.Join(", ", _names.Take(NamesShown)) + (_names.Length > NamesShown ? ", ..." : "");
        throw new ArgumentException($"'{name}' is not one of the {_names.Length} names: {known}.", nameof(name));
    }

    /// <summary>Whether a name is listed.</summary>
    /// <param name="name">The name to look up.</param>
    public bool Contains(string name) => _indices.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
