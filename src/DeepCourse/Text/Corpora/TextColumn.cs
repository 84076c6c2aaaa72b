namespace DeepCourse.Text.Corpora;

/// <summary>A column of a table: by its name in the first line, or by its number.</summary>
public readonly record struct TextColumn
{
    private TextColumn(string? name, int index) => (Name, Index) = (name, index);

    /// <summary>The name in the table's first line; null if the column is known by its number.</summary>
    public string? Name { get; }

    /// <summary>The number, from 0; of no meaning where there is a name.</summary>
    public int Index { get; }

    /// <summary>By its name.</summary>
    /// <param name="name">As in the table's first line.</param>
    public static implicit operator TextColumn(string name) => FromString(name);

    /// <summary>By its number.</summary>
    /// <param name="index">From 0.</param>
    public static implicit operator TextColumn(int index) => FromInt32(index);

    /// <summary>By its name.</summary>
    /// <param name="name">As in the table's first line.</param>
    public static TextColumn FromString(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(name, 0);
    }

    /// <summary>By its number.</summary>
    /// <param name="index">From 0.</param>
    public static TextColumn FromInt32(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(null, index);
    }

    /// <inheritdoc/>
    public override string ToString() => Name is { } name ? $"'{name}'" : $"number {Index}";
}
