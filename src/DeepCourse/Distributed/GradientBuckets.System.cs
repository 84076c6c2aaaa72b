using DeepCourse.Native;

namespace DeepCourse.Distributed;

/// <summary>Gradients on their way between processes.</summary>
internal sealed class GradientBuckets(ProcessConnection connection, GradientExchange exchange) : IDisposable
{
    /// <summary>Whether a process wished for something at the last <see cref="Begin"/>.</summary>
    public bool SomebodyWishes => exchange.SomebodyWishes;

    /// <summary>Before backward.</summary>
    public void Begin(bool wish) => exchange.Begin(wish);

    /// <summary>After backward: waits for the sums, which then are the gradients.</summary>
    public void Finish()
    {
        connection.Translate(exchange.Finish);
        connection.Wait(exchange.Wait);
        exchange.Take();
    }

    public void Dispose() => exchange.Dispose();
}
