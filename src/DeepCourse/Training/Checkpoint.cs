using System.IO.Compression;
using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>Everything a fit needs to go on from here as if nothing had happened, in memory.</summary>
internal sealed class Checkpoint
{
    private readonly CheckpointPosition _position;
    private readonly byte[] _model;
    private readonly byte[] _optimizer;
    private readonly byte[] _random;
    private readonly byte[] _callbacks;
    private readonly CheckpointHistory _history;

    private Checkpoint(
        CheckpointPosition position,
        byte[] model,
        byte[] optimizer,
        byte[] random,
        byte[] callbacks,
        CheckpointHistory history)
    {
        (_position, _history) = (position, history);
        (_model, _optimizer, _random, _callbacks) = (model, optimizer, random, callbacks);
    }

    public CheckpointPosition Position => _position;

    public IReadOnlyList<LearningRateSearch> Searches => _history.Searches;

    /// <summary>Copies the state of a run; the position says where a resumed run begins.</summary>
    public static Checkpoint Take(Run run, IReadOnlyList<Callback> turn, int epoch, int batch) => new(
        new(run.Fit, run.EpochCount, run.FirstLoaderEpoch, epoch, batch),
        Bytes(writer => TensorArchive.Write(writer, run.Model)),
        Bytes(writer => OptimizerState.Save(run.Optimizer, writer)),
        Bytes(RandomState.Save),
        Bytes(writer => SaveCallbacks(turn, writer)),
        new([.. run.Learner.History.Epochs], [.. run.Learner.History.Batches], [.. run.Learner.History.Searches]));

    public static Checkpoint Load(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return new(
                Json<CheckpointPosition>(archive, "position.json"),
                Entry(archive, "model"),
                Entry(archive, "optimizer"),
                Entry(archive, "random"),
                Entry(archive, "callbacks"),
                Json<CheckpointHistory>(archive, "history.json"));
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            throw new DataFormatException(path, $"not a checkpoint: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a file that is either the old one or the new one, whenever the power goes.</summary>
    public void Save(string path)
    {
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Write(archive, "position.json", JsonSerializer.SerializeToUtf8Bytes(_position, Options));
            Write(archive, "history.json", JsonSerializer.SerializeToUtf8Bytes(_history, Options));
            Write(archive, "model", _model);
            Write(archive, "optimizer", _optimizer);
            Write(archive, "random", _random);
            Write(archive, "callbacks", _callbacks);
        });
    }

    /// <summary>Puts model and optimizer back.</summary>
    public void RestoreWeights(Learner learner)
    {
        Read(_model, reader => TensorArchive.ReadInto(reader, learner.Model));
        Read(_optimizer, reader => OptimizerState.Load(learner.Optimizer, reader));
    }

    public void RestoreHistory(History history) =>
        history.Restore(_history.Epochs, _history.Batches, _history.Searches);

    /// <summary>Puts the callbacks' memories and the position back.</summary>
    /// <returns>The batch to begin with.</returns>
    public int RestoreProgress(Run run, IReadOnlyList<Callback> turn)
    {
        Read(_callbacks, reader => LoadCallbacks(turn, reader));
        RestoreRandom();
        run.Epoch = _position.Epoch;
        return _position.Batch;
    }

    public void RestoreCallbacks(IReadOnlyList<Callback> turn) =>
        Read(_callbacks, reader => LoadCallbacks(turn, reader));

    public void RestoreRandom() => Read(_random, RandomState.Load);

    private static JsonSerializerOptions Options { get; } = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static void SaveCallbacks(IReadOnlyList<Callback> turn, BinaryWriter writer)
    {
        var stateful = turn.Where(callback => callback is ICheckpointed).ToList();
        writer.Write(stateful.Count);
        foreach (var callback in stateful)
        {
            writer.Write(callback.GetType().Name);
            var state = Bytes(((ICheckpointed)callback).SaveState);
            writer.Write(state.Length);
            writer.Write(state);
        }
    }

    private static void LoadCallbacks(IReadOnlyList<Callback> turn, BinaryReader reader)
    {
        var stateful = turn.Where(callback => callback is ICheckpointed).ToList();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            var state = reader.ReadBytes(reader.ReadInt32());
            var here = i < stateful.Count ? stateful[i].GetType().Name : "nothing";
            if (here != name)
                throw new InvalidOperationException(
                    $"the checkpoint was written with the callback {name} where now there is {here}");
            Read(state, ((ICheckpointed)stateful[i]).LoadState);
        }
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory)) write(writer);
        return memory.ToArray();
    }

    private static void Read(byte[] bytes, Action<BinaryReader> read)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        read(reader);
    }

    private static void Write(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }

    private static byte[] Entry(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException($"no entry '{name}'");
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static T Json<T>(ZipArchive archive, string name) =>
        JsonSerializer.Deserialize<T>(Entry(archive, name), Options)
        ?? throw new InvalidDataException($"'{name}' is empty");
}
