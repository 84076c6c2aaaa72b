namespace DeepCourse.Tensors.Formats;

/// <summary>What the calls in a state dict's pickle stand for.</summary>
internal static class PickleCalls
{
    public static object? Apply(KnownGlobal global, object?[] arguments, PickleStream input) => global.Kind switch
    {
        KnownGlobal.Meaning.Dictionary => Dictionary(arguments, input),
        KnownGlobal.Meaning.Set => arguments is [List<object?> items] ? items : new List<object?>(),
        KnownGlobal.Meaning.Tensor => Tensor(arguments, input),
        KnownGlobal.Meaning.Parameter when arguments is [TensorReference tensor, ..] => tensor,
        KnownGlobal.Meaning.Tuple when arguments is [object?[] sizes] => sizes,
        KnownGlobal.Meaning.Text when arguments is [string text, ..] => text,
        KnownGlobal.Meaning.Inert => null,
        _ => throw input.Broken($"the pickle makes a {global.Kind} of arguments that do not belong to it"),
    };

    /// <summary>A persistent id: ('storage', type, key, place, count[, view]).</summary>
    public static StorageReference Storage(object? id, PickleStream input)
    {
        if ((id as object?[]) is not
            ["storage", KnownGlobal { Kind: KnownGlobal.Meaning.Storage } storage, string key, _, long count, .. var rest]
            || count < 0)
            throw input.Broken("the pickle refers to something outside that is no storage");
        return rest is [] or [null]
            ? new(key, storage.Type, count)
            : View(new(key, storage.Type, count), rest[0] as object?[])
                ?? throw input.Broken($"the view of storage '{key}' does not fit it");
    }

    // Files older than PyTorch 0.4 describe a window of a storage: (key, offset, count).
    private static StorageReference? View(StorageReference root, object?[]? window) =>
        window is [_, long offset, long count] && offset >= 0 && count >= 0 && offset <= root.Count - count
            ? root with { Offset = offset, Count = count }
            : null;

    private static PickleDictionary Dictionary(object?[] arguments, PickleStream input)
    {
        var dictionary = new PickleDictionary();
        if (arguments is []) return dictionary;
        if (arguments is not [List<object?> pairs]) throw input.Broken("a dictionary of the pickle has no list of pairs");
        foreach (var pair in pairs)
        {
            if (pair is not IList<object?> { Count: 2 } items || items[0] is not { } key)
                throw input.Broken("a dictionary of the pickle has an item that is no pair");
            dictionary.Set(key, items[1]);
        }
        return dictionary;
    }

    private static TensorReference Tensor(object?[] arguments, PickleStream input)
    {
        if (arguments is not [StorageReference storage, long offset, object?[] shape, object?[] strides, ..]
            || shape.Any(size => size is not long) || strides.Any(stride => stride is not long))
            throw input.Broken("the pickle makes a tensor without storage, offset, shape and strides");
        if (storage.Type == null) throw input.Broken($"storage '{storage.Key}' has no element type");
        var tensor = new TensorReference(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()]);
        return tensor.Fits()
            ? tensor
            : throw input.Broken(
                $"a tensor [{string.Join(", ", tensor.Shape)}] with strides [{string.Join(", ", tensor.Strides)}] from "
                + $"element {offset} leaves storage '{storage.Key}' of {storage.Count} elements");
    }
}
