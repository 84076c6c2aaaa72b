namespace DeepCourse.Tensors.Formats;

/// <summary>Memory that tensors of a PyTorch file share.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Element type; null for untyped storages, which count bytes.</param>
/// <param name="Count">Number of elements, or of bytes when untyped.</param>
/// <param name="Offset">Where a view of an older file begins in its root storage, in elements.</param>
internal sealed record StorageReference(string Key, ScalarType? Type, long Count, long Offset = 0);

/// <summary>A tensor as its pickle describes it: a strided window on a storage.</summary>
/// <param name="Storage">The memory.</param>
/// <param name="Offset">First element.</param>
/// <param name="Shape">Size of each axis.</param>
/// <param name="Strides">Step of each axis, in elements.</param>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Whether the window lies inside its storage.</summary>
    public bool Fits()
    {
        if (Offset < 0 || Shape.Length != Strides.Length) return false;
        Int128 last = (Int128)Storage.Offset + Offset;
        foreach (var (size, stride) in Shape.Zip(Strides))
        {
            if (size < 0 || stride < 0) return false;
            if (size == 0) return true;
            last += (Int128)(size - 1) * stride;
        }
        return last < (Int128)Storage.Offset + Storage.Count;
    }
}

/// <summary>A dictionary of a pickle; keys may be text, numbers or tuples.</summary>
internal sealed class PickleDictionary
{
    private readonly Dictionary<object, object?> _items = [];

    public IEnumerable<KeyValuePair<object, object?>> Items => _items;

    public int Count => _items.Count;

    public void Set(object key, object? value) => _items[key] = value;
}

/// <summary>A name that the pickle refers to and that we know: what it stands for is decided where it is called.</summary>
internal sealed record KnownGlobal(KnownGlobal.Meaning Kind, ScalarType? Type = null)
{
    public enum Meaning
    {
        Dictionary,
        Set,
        Tensor,
        Parameter,
        Storage,
        Tuple,
        Text,
        Inert,
    }
}
