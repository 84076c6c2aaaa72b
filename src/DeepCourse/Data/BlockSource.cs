namespace DeepCourse.Data;

/// <summary>The chosen items of a data block, read, transformed and encoded on demand.</summary>
internal sealed class BlockSource<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(
    DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> block,
    IReadOnlyList<TItem> items,
    IReadOnlyList<int> chosen,
    Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? transform)
    : IItemSource<EncodedPair<TEncodedX, TEncodedY>>
{
    public int Count => chosen.Count;

    public EncodedPair<TEncodedX, TEncodedY> Encode(int index, Random random)
    {
        var item = items[chosen[index]];
        var sample = new Sample<TRawX, TRawY>(block.ReadInput(item), block.ReadTarget(item));
        if (transform != null) sample = transform(sample, random);
        return new(block.Input.Encode(sample.Input, random), block.Target.Encode(sample.Target, random));
    }

    public string NameOf(int index) => block.NameOf(items, chosen[index]);
}
