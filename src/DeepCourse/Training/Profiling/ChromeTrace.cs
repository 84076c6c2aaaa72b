using System.Diagnostics;
using System.Text.Json;

namespace DeepCourse.Training.Profiling;

/// <summary>Writes a log in the trace event format of Chrome: <c>chrome://tracing</c> and ui.perfetto.dev show it.</summary>
/// <remarks>Complete events (<c>X</c>) for batches and, inside them, for stages; counters (<c>C</c>) for tensors and
/// memory. Times are microseconds since the beginning of the fit.</remarks>
internal static class ChromeTrace
{
    private const int Process = 1;
    private const int Thread = 1;

    public static void Write(Stream stream, StageLog log, IReadOnlyList<BatchGauge> batches)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        Name(json, "process_name", "DeepCourse");
        Name(json, "thread_name", "training loop");
        foreach (var batch in batches)
        {
            var name = batch.Phase == Phase.Train ? "training batch" : "validation batch";
            Complete(json, log, name, "batch", batch.Begin, batch.End, batch.Epoch, batch.Batch);
            Counter(json, log, "tensors alive", batch.End, batch.Tensors);
            Counter(json, log, "memory, MB", batch.End, batch.Memory / 1e6);
        }
        foreach (var span in log.Spans)
        {
            var name = span.Callback >= 0 ? log.Names[span.Callback] : span.Stage.ToString().ToLowerInvariant();
            var category = span.Stage.ToString().ToLowerInvariant();
            Complete(json, log, name, category, span.Begin, span.End, span.Epoch, span.Batch);
        }
        json.WriteEndArray();
        if (log.Dropped > 0) json.WriteNumber("droppedEvents", log.Dropped);
        json.WriteEndObject();
    }

    private static void Name(Utf8JsonWriter json, string what, string name)
    {
        Start(json, what, "M");
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Complete(
        Utf8JsonWriter json, StageLog log, string name, string category, long begin, long end, int epoch, int batch)
    {
        Start(json, name, "X");
        json.WriteString("cat", category);
        json.WriteNumber("ts", Microseconds(begin - log.Begin));
        json.WriteNumber("dur", Microseconds(end - begin));
        json.WriteStartObject("args");
        json.WriteNumber("epoch", epoch);
        json.WriteNumber("batch", batch);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Counter(Utf8JsonWriter json, StageLog log, string name, long at, double value)
    {
        Start(json, name, "C");
        json.WriteNumber("ts", Microseconds(at - log.Begin));
        json.WriteStartObject("args");
        json.WriteNumber("value", Math.Round(value, 1));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, string name, string kind)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("ph", kind);
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", Thread);
    }

    private static double Microseconds(long ticks) => Math.Round(ticks * (1e6 / Stopwatch.Frequency), 3);
}
