namespace DeepCourse.Data;

/// <summary>Divides a data set into items to learn from and items to judge by. Returns indices only.</summary>
/// <remarks><b>Extending.</b> Override <see cref="Of"/>; the same items must always be divided in the same way.</remarks>
public abstract class Split
{
    /// <summary>Divides the items.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="nameOf">The name, usually the path, of an item.</param>
    /// <exception cref="ArgumentException">One of the two parts would be empty.</exception>
    public abstract SplitIndices Of(int count, Func<int, string> nameOf);

    /// <summary>A random part of the items for validation.</summary>
    /// <param name="validation">The fraction for validation, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same division.</param>
    public static Split Random(double validation, int seed)
    {
        if (!(validation > 0 && validation < 1))
            throw new ArgumentOutOfRangeException(nameof(validation), validation, "Must lie between 0 and 1.");
        return new RandomSplit(validation, seed);
    }

    /// <summary>By the name of a folder in the item's path.</summary>
    /// <param name="validation">Name of the folder that holds the items for validation.</param>
    /// <param name="train">Name of the folder for training; by default everything else is for training.</param>
    public static Split ByFolder(string validation, string? train = null) => new NameSplit(
        name => HasFolder(name, validation),
        name => train == null || HasFolder(name, train));

    /// <summary>By a list of names, as in a file of the data set.</summary>
    /// <param name="validation">Paths, file names, or file names without extension of the items for validation.</param>
    public static Split ByList(IEnumerable<string> validation)
    {
        var listed = validation.ToHashSet(StringComparer.Ordinal);
        return Where(name => listed.Contains(name)
            || listed.Contains(Path.GetFileName(name))
            || listed.Contains(Path.GetFileNameWithoutExtension(name)));
    }

    /// <summary>By the number of the item.</summary>
    /// <param name="validation">Indices of the items for validation.</param>
    public static Split ByIndex(IEnumerable<int> validation) => new IndexSplit([.. validation]);

    /// <summary>By a rule about the item's name.</summary>
    /// <param name="isValidation">Whether the item with a name is for validation.</param>
    public static Split Where(Func<string, bool> isValidation) => new NameSplit(isValidation, _ => true);

    private static bool HasFolder(string path, string folder) =>
        (Path.GetDirectoryName(path) ?? "").Split('/', '\\').Contains(folder, StringComparer.Ordinal);

    private static SplitIndices NotEmpty(IReadOnlyList<int> train, IReadOnlyList<int> validation) =>
        train.Count > 0 && validation.Count > 0
            ? new(train, validation)
            : throw new ArgumentException(
                $"The split leaves {train.Count} items for training and {validation.Count} for validation; both need some.");

    private sealed class RandomSplit(double validation, int seed) : Split
    {
        public override SplitIndices Of(int count, Func<int, string> nameOf)
        {
            int[] order = [.. Enumerable.Range(0, count)];
            Chance.ForEpoch(seed, 0).Shuffle(order);
            var size = (int)Math.Round(count * validation, MidpointRounding.AwayFromZero);
            return NotEmpty([.. order.Skip(size).Order()], [.. order.Take(size).Order()]);
        }
    }

    private sealed class NameSplit(Func<string, bool> isValidation, Func<string, bool> isTrain) : Split
    {
        public override SplitIndices Of(int count, Func<int, string> nameOf)
        {
            List<int> train = [], validation = [];
            for (var index = 0; index < count; index++)
            {
                var name = nameOf(index);
                if (isValidation(name)) validation.Add(index);
                else if (isTrain(name)) train.Add(index);
            }
            return NotEmpty(train, validation);
        }
    }

    private sealed class IndexSplit(IReadOnlyCollection<int> validation) : Split
    {
        public override SplitIndices Of(int count, Func<int, string> nameOf)
        {
            foreach (var index in validation)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(validation));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count, nameof(validation));
            }
            var chosen = validation.ToHashSet();
            return NotEmpty(
                [.. Enumerable.Range(0, count).Where(index => !chosen.Contains(index))], [.. chosen.Order()]);
        }
    }
}
