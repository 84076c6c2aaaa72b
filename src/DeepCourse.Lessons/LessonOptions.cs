namespace DeepCourse.Lessons;

/// <summary>The values of the options that all lessons share.</summary>
public sealed record LessonOptions
{
    /// <summary>Which data set.</summary>
    public required string Data { get; init; }

    /// <summary>Folder of the user's own data; null for a data set that the lesson finds itself.</summary>
    public string? Path { get; init; }

    /// <summary>Passes over the training data.</summary>
    public required int Epochs { get; init; }

    /// <summary>Items per batch, of all processes together.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Picture side in pixels, or sequence length.</summary>
    public required int Size { get; init; }

    /// <summary>auto, cpu, cuda or cuda:n.</summary>
    public required string Device { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>Folder that holds run folders.</summary>
    public required string Out { get; init; }

    /// <summary>Weights to start from; null for the lesson's own.</summary>
    public string? Weights { get; init; }

    /// <summary>fp32, bf16 or fp16.</summary>
    public required string Precision { get; init; }

    /// <summary>Background threads that load data.</summary>
    public required int Workers { get; init; }

    /// <summary>How many processes train together on this machine; those that others have started don't count here.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>A run of seconds on generated data.</summary>
    public bool Smoke { get; init; }

    /// <summary>Measures where the time of fits goes.</summary>
    public bool Profile { get; init; }

    /// <summary>Repeats recorded training steps on a GPU.</summary>
    public bool Graphs { get; init; }

    /// <summary>Bars that the metrics must reach.</summary>
    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>Run folder to continue; null for a new run.</summary>
    public string? Resume { get; init; }

    /// <summary>Prints stack traces.</summary>
    public bool Verbose { get; init; }
}
