namespace DeepCourse.Tensors.Formats;

/// <summary>Finds the state dict in what a PyTorch file holds.</summary>
internal static class StateDict
{
    private const string ParallelPrefix = "module.";

    // Where training scripts and fastai keep the weights among optimiser state and counters, in order of preference.
    private static readonly string[] UsualKeys = ["state_dict", "model_state_dict", "model", "net", "weights"];

    /// <summary>The tensors by key; the prefix that DataParallel puts before all keys is removed.</summary>
    /// <exception cref="DataFormatException">There is no state dict.</exception>
    public static Dictionary<string, TensorReference> Find(object? root, string path)
    {
        var dictionary = root as PickleDictionary
            ?? throw new DataFormatException(path, "holds no dictionary; save a state_dict()");
        var tensors = Tensors(dictionary);
        foreach (var key in UsualKeys)
        {
            if (tensors.Count > 0) break;
            if (Child(dictionary, key) is { } child) tensors = Tensors(child);
        }
        if (tensors.Count == 0)
        {
            var keys = string.Join(", ", dictionary.Items.Take(10).Select(item => $"'{item.Key}'"));
            throw new DataFormatException(path, $"holds no tensors where a state dict would be; its keys are {keys}");
        }
        return tensors.Keys.All(key => key.StartsWith(ParallelPrefix, StringComparison.Ordinal))
            ? tensors.ToDictionary(pair => pair.Key[ParallelPrefix.Length..], pair => pair.Value, StringComparer.Ordinal)
            : tensors;
    }

    private static PickleDictionary? Child(PickleDictionary dictionary, string key) =>
        dictionary.Items.FirstOrDefault(item => key.Equals(item.Key)).Value as PickleDictionary;

    private static Dictionary<string, TensorReference> Tensors(PickleDictionary dictionary)
    {
        var tensors = new Dictionary<string, TensorReference>(StringComparer.Ordinal);
        foreach (var (key, value) in dictionary.Items)
            if (key is string name && value is TensorReference tensor) tensors[name] = tensor;
        return tensors;
    }
}
