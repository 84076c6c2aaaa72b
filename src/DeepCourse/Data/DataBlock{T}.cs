namespace DeepCourse.Data;

/// <summary>
/// Describes how the items of a data set become batches: read, transform, encode, collate; and which items are for
/// validation. Immutable: each verb returns a new description.
/// </summary>
/// <typeparam name="TItem">The item as it is listed: a path, an annotation.</typeparam>
/// <typeparam name="TRawX">Raw input.</typeparam>
/// <typeparam name="TEncodedX">Encoded input.</typeparam>
/// <typeparam name="TX">Inputs of a batch.</typeparam>
/// <typeparam name="TRawY">Raw target.</typeparam>
/// <typeparam name="TEncodedY">Encoded target.</typeparam>
/// <typeparam name="TY">Targets of a batch.</typeparam>
public sealed record DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>
{
    internal DataBlock(
        IBlock<TRawX, TEncodedX, TX> input,
        IBlock<TRawY, TEncodedY, TY> target,
        Func<TItem, TRawX> readInput,
        Func<TItem, TRawY> readTarget,
        Func<TItem, string>? nameOf) =>
        (Input, Target, ReadInput, ReadTarget, ItemName) = (input, target, readInput, readTarget, nameOf);

    /// <summary>What the model sees.</summary>
    public IBlock<TRawX, TEncodedX, TX> Input { get; }

    /// <summary>What it should say.</summary>
    public IBlock<TRawY, TEncodedY, TY> Target { get; }

    internal Func<TItem, TRawX> ReadInput { get; }

    internal Func<TItem, TRawY> ReadTarget { get; }

    internal Func<TItem, string>? ItemName { get; }

    internal Split Division { get; private init; } = Data.Split.Random(0.2, seed: 0);

    internal Func<TItem, bool>? IsValidation { get; private init; }

    internal Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? TrainTransform { get; private init; }

    internal Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? ValidationTransform { get; private init; }

    /// <summary>Says which items are for validation; without it a fifth of them is, drawn with seed 0.</summary>
    /// <param name="split">Divides by chance, path, list or number.</param>
    public DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> Split(Split split) =>
        this with { Division = split, IsValidation = null };

    /// <summary>Says which items are for validation by looking at them.</summary>
    /// <param name="isValidation">Whether an item is for validation.</param>
    public DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> Split(Func<TItem, bool> isValidation) =>
        this with { IsValidation = isValidation };

    /// <summary>Transforms raw samples on the workers, input and target together: crop a picture and its boxes.</summary>
    /// <param name="both">For training and validation, without chance.</param>
    public DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> Transform(
        Func<Sample<TRawX, TRawY>, Sample<TRawX, TRawY>> both) =>
        Transform((sample, _) => both(sample), (sample, _) => both(sample));

    /// <summary>Transforms raw samples on the workers, input and target together.</summary>
    /// <param name="train">For training; draws from the given generator only.</param>
    /// <param name="validation">For validation; by default nothing is transformed.</param>
    public DataBlock<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY> Transform(
        Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>> train,
        Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? validation = null) => this with
        {
            TrainTransform = Then(TrainTransform, train),
            ValidationTransform = Then(ValidationTransform, validation),
        };

    /// <summary>Divides items and makes the loaders: shuffled for training, in order for validation.</summary>
    /// <param name="items">The items.</param>
    /// <param name="options">
    /// Seed, workers, device. The sampler is for training; the default, sequential, means shuffled here. Training drops
    /// a smaller last batch if asked, validation never does. Where several processes share the data, training
    /// follows the shard's remainder and validation reads each item in exactly one process.
    /// </param>
    /// <exception cref="ArgumentException">The split leaves nothing for training or nothing for validation.</exception>
    public Loaders<TX, TY> Load(IReadOnlyList<TItem> items, LoaderOptions options)
    {
        var split = Divide(items);
        return new(
            LoaderOf(items, split.Train, TrainTransform, options.ForTraining()),
            LoaderOf(items, split.Validation, ValidationTransform, options.ForValidation()));
    }

    /// <summary>Makes one loader for all items, in order, with the transforms of validation.</summary>
    /// <param name="items">The items.</param>
    /// <param name="options">Order, seed, workers, device.</param>
    public Loader<EncodedPair<TEncodedX, TEncodedY>, TX, TY> LoadAll(
        IReadOnlyList<TItem> items, LoaderOptions options) =>
        LoaderOf(items, [.. Enumerable.Range(0, items.Count)], ValidationTransform, options);

    /// <summary>Divides the items without loading any.</summary>
    /// <param name="items">The items.</param>
    /// <exception cref="ArgumentException">The split leaves nothing for training or nothing for validation.</exception>
    public SplitIndices Divide(IReadOnlyList<TItem> items)
    {
        if (IsValidation is not { } isValidation) return Division.Of(items.Count, index => NameOf(items, index));
        var validation = Enumerable.Range(0, items.Count).Where(index => isValidation(items[index]));
        return Data.Split.ByIndex(validation).Of(items.Count, index => NameOf(items, index));
    }

    /// <summary>
    /// Walks one item through every step and writes what it is after each: the quick way to see why a data set does not
    /// load. The step that fails is named.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="output">Where to write.</param>
    /// <exception cref="DataBlockException">A step failed; its name is in the message.</exception>
    public void Summary(IReadOnlyList<TItem> items, TextWriter output) =>
        new DataBlockSummary<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(this, items, output).Write();

    internal Batch<TX, TY> Collate(IReadOnlyList<EncodedPair<TEncodedX, TEncodedY>> items) => new(
        Input.Collate([.. items.Select(item => item.First)]),
        Target.Collate([.. items.Select(item => item.Second)]),
        items.Count);

    internal string NameOf(IReadOnlyList<TItem> items, int index) =>
        ItemName?.Invoke(items[index]) ?? items[index] as string ?? $"#{index}";

    private Loader<EncodedPair<TEncodedX, TEncodedY>, TX, TY> LoaderOf(
        IReadOnlyList<TItem> items,
        IReadOnlyList<int> chosen,
        Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? transform,
        LoaderOptions options) =>
        new(new BlockSource<TItem, TRawX, TEncodedX, TX, TRawY, TEncodedY, TY>(this, items, chosen, transform),
            Collate, options);

    private static Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? Then(
        Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? first,
        Func<Sample<TRawX, TRawY>, Random, Sample<TRawX, TRawY>>? second) =>
        first == null || second == null
            ? first ?? second
            : (sample, random) => second(first(sample, random), random);
}
