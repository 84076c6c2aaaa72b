using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

/// <summary>Items 0, 1, 2, ... each with a draw, and whatever else a test wants to happen while one is encoded.</summary>
internal sealed class NumberSource(int count, Action<int>? whileEncoding = null) : IItemSource<NumberSource.Item>
{
    private int _encoded;

    public int Count => count;

    public int EncodedCount => Volatile.Read(ref _encoded);

    public Item Encode(int index, Random random)
    {
        Interlocked.Increment(ref _encoded);
        whileEncoding?.Invoke(index);
        return new(index, random.Next());
    }

    public string NameOf(int index) => $"/pictures/{index}.jpg";

    public static Batch<int[], int[]> Collate(IReadOnlyList<Item> items) =>
        new([.. items.Select(item => item.Index)], [.. items.Select(item => item.Draw)], items.Count);

    public Loader<Item, int[], int[]> Load(LoaderOptions options) => new(this, Collate, options);

    internal sealed record Item(int Index, int Draw);
}
