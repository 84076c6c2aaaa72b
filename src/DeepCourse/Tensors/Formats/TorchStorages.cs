namespace DeepCourse.Tensors.Formats;

/// <summary>Makes tensors of storages: those that share one in the file share its memory here.</summary>
internal sealed class TorchStorages(string path, Func<StorageReference, Tensor> read)
{
    private readonly Dictionary<string, (Tensor Flat, ScalarType Type)> _read = [];

    public Dictionary<string, Tensor> Build(Dictionary<string, TensorReference> references)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, reference) in references) tensors.Add(key, View(reference));
        // The views keep the memory alive; these handles on the whole storages are not needed any more.
        foreach (var (flat, _) in _read.Values) flat.Dispose();
        return tensors;
    }

    private Tensor View(TensorReference reference)
    {
        var storage = reference.Storage;
        if (!_read.TryGetValue(storage.Key, out var known))
            _read[storage.Key] = known = (read(storage), storage.Type!.Value);
        if (known.Type != storage.Type)
            throw new DataFormatException(path, $"storage '{storage.Key}' is used with the types {known.Type} and {storage.Type}");
        var offset = storage.Offset + reference.Offset;
        return reference.Shape.Contains(0)
            ? torch.empty(reference.Shape, dtype: known.Type)
            : known.Flat.as_strided(reference.Shape, reference.Strides, offset);
    }
}
