using DeepCourse.Tensors.Formats;

namespace DeepCourse.Tensors;

/// <summary>Reads and writes the weights of modules.</summary>
/// <remarks>
/// Reads safetensors and PyTorch's <c>.pth</c>/<c>.pt</c> (both the zip format and the older one), told apart by their
/// first bytes; writes safetensors. Reading a PyTorch file runs no code: its pickle may name tensors and plain
/// containers only.
/// </remarks>
public static class Weights
{
    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>Saves parameters and persistent buffers as safetensors; the file appears whole or not at all.</summary>
    /// <param name="module">The module; nothing in it changes.</param>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="metadata">Notes to keep in the file's header.</param>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(path, module.state_dict(), metadata);

    /// <summary>Loads weights into a module; shapes must agree, types and devices are those of the module.</summary>
    /// <param name="module">The module; untouched if the weights do not fit.</param>
    /// <param name="path">A safetensors file or a PyTorch state dict.</param>
    /// <param name="strict">Whether keys that only one side has are an error; shapes that differ always are.</param>
    /// <param name="rename">Gives the module's key for a key of the file; null leaves the weight out.</param>
    /// <returns>The keys that only one side has; both lists are empty after a strict load.</returns>
    /// <exception cref="WeightsMismatchException">The weights do not fit; all differences are listed.</exception>
    /// <exception cref="DataFormatException">The file is broken or of another kind.</exception>
    /// <remarks>
    /// Batch counters (<c>num_batches_tracked</c>) may be missing: files older than PyTorch 0.4.1 have none.
    /// </remarks>
    public static WeightsDifference Load(
        nn.Module module, string path, bool strict = true, Func<string, string?>? rename = null)
    {
        using var scope = torch.NewDisposeScope();
        return Load(module, Read(path), path, strict, rename);
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">A safetensors file or a PyTorch state dict.</param>
    /// <returns>CPU tensors by key, in the caller's dispose scope; those that share memory in the file share it here.</returns>
    /// <exception cref="DataFormatException">The file is broken or of another kind.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Read(stream, path);
    }

    /// <summary>Reads all tensors of a stream, such as a resource of an assembly.</summary>
    /// <param name="stream">A safetensors file or a PyTorch state dict, from its beginning; must be seekable.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <returns>CPU tensors by key, in the caller's dispose scope; those that share memory in the file share it here.</returns>
    /// <exception cref="DataFormatException">The contents are broken or of another kind.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream, string name) =>
        WeightsFile.KindOf(stream, name) switch
        {
            WeightsFile.Kind.Safetensors => SafetensorsReader.Read(stream, name),
            WeightsFile.Kind.TorchZip => TorchZipReader.Read(stream, name),
            _ => TorchLegacyReader.Read(stream, name),
        };

    /// <summary>Reads the notes in the header of a safetensors file, and no tensor.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What <see cref="Write"/> was given as metadata; empty for a PyTorch state dict, which has no place for notes.</returns>
    /// <exception cref="DataFormatException">The file is broken or of another kind.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12);
        return WeightsFile.KindOf(stream, path) == WeightsFile.Kind.Safetensors
            ? SafetensorsHeader.ReadMetadata(stream, path)
            : new Dictionary<string, string>();
    }

    /// <summary>Writes tensors as safetensors; the file appears whole or not at all.</summary>
    /// <param name="path">The file to make or to replace.</param>
    /// <param name="tensors">Tensors by key, on any device.</param>
    /// <param name="metadata">Notes to keep in the file's header.</param>
    /// <exception cref="ArgumentException">A tensor has a type that safetensors lacks.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, tensors, metadata));

    /// <summary>Copies tensors into a module; shapes must agree, types and devices are those of the module.</summary>
    /// <param name="module">The module; untouched if the weights do not fit.</param>
    /// <param name="source">Tensors by key.</param>
    /// <param name="name">What to call their origin in messages.</param>
    /// <param name="strict">Whether keys that only one side has are an error; shapes that differ always are.</param>
    /// <param name="rename">Gives the module's key for a key of the source; null leaves the weight out.</param>
    /// <returns>The keys that only one side has; both lists are empty after a strict load.</returns>
    /// <exception cref="WeightsMismatchException">The weights do not fit; all differences are listed.</exception>
    public static WeightsDifference Load(
        nn.Module module,
        IReadOnlyDictionary<string, Tensor> source,
        string name,
        bool strict = true,
        Func<string, string?>? rename = null)
    {
        var target = module.state_dict();
        var renamed = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (key, tensor) in source)
            if ((rename == null ? key : rename(key)) is { } newKey && !renamed.TryAdd(newKey, tensor))
                throw new ArgumentException($"Two keys of {name} are renamed to '{newKey}'.", nameof(rename));

        var missing = target.Keys.Where(key => !renamed.ContainsKey(key) && !key.EndsWith(BatchCounter, StringComparison.Ordinal));
        var unexpected = renamed.Keys.Where(key => !target.ContainsKey(key));
        var difference = new WeightsDifference(
            [.. missing.Order(StringComparer.Ordinal)], [.. unexpected.Order(StringComparer.Ordinal)]);
        MisshapedWeight[] misshaped =
        [
            .. from pair in target
               where renamed.ContainsKey(pair.Key) && !pair.Value.shape.SequenceEqual(renamed[pair.Key].shape)
               select new MisshapedWeight(pair.Key, pair.Value.shape, renamed[pair.Key].shape),
        ];
        if (misshaped.Length > 0 || (strict && !difference.IsEmpty))
            throw new WeightsMismatchException(name, difference.Missing, difference.Unexpected, misshaped);

        using var noGradient = torch.no_grad();
        foreach (var (key, tensor) in target)
            if (renamed.TryGetValue(key, out var weight)) tensor.copy_(weight);
        return difference;
    }
}
