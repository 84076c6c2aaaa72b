namespace DeepCourse.Data;

/// <summary>One item's way through a data block, written down step by step.</summary>
internal sealed class DataBlockSummary<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(
    DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> block,
    IReadOnlyList<TItem> items,
    TextWriter output)
{
    private const int ItemsInBatch = 2;
    private string _item = "the whole data set";

    public void Write()
    {
        using var scope = torch.NewDisposeScope();
        output.WriteLine($"{items.Count} items");
        var split = Step("split", () => block.Divide(items), parts =>
            $"{parts.Train.Count} for training, {parts.Validation.Count} for validation");

        var index = split.Train[0];
        var item = items[index];
        _item = block.NameOf(items, index);
        output.WriteLine($"following item {index}: {_item}");

        var input = Step("read input", () => block.ReadInput(item));
        var target = Step("read target", () => block.ReadTarget(item));
        var sample = new Sample<TRawX, TRawY>(input, target);
        if (block.TrainTransform is { } transform)
            sample = Step("transform", () => transform(sample, Chance.ForItem(0, 0, 0)));

        var encodedX = Step("encode input", () => block.Input.Encode(sample.Input, Chance.ForItem(0, 0, 0)));
        var encodedY = Step("encode target", () => block.Target.Encode(sample.Target, Chance.ForItem(0, 0, 0)));
        // The same item twice: enough to see the batch axis, and no second file is needed.
        var inputs = Step("collate input", () => block.Input.Collate([.. Enumerable.Repeat(encodedX, ItemsInBatch)]));
        var targets = Step("collate target", () => block.Target.Collate([.. Enumerable.Repeat(encodedY, ItemsInBatch)]));
        Step("decode input", () => block.Input.Decode(inputs, 0));
        Step("decode target", () => block.Target.Decode(targets, 0));
        (encodedX as IDisposable)?.Dispose();
        (encodedY as IDisposable)?.Dispose();
    }

    private T Step<T>(string name, Func<T> act) => Step(name, act, value => ValueText.Of(value));

    private T Step<T>(string name, Func<T> act, Func<T, string> describe)
    {
        try
        {
            var result = act();
            output.WriteLine($"  {name,-15} {describe(result)}");
            return result;
        }
        catch (Exception exception)
        {
            output.WriteLine($"  {name,-15} FAILED: {exception.GetType().Name}: {exception.Message}");
            throw new DataBlockException(name, _item, exception);
        }
    }
}
