using System.Runtime.ExceptionServices;

namespace DeepCourse.Data;

/// <summary>Work on the items of a sequence by several threads, with the results in the sequence's order and only a few
/// items in memory.</summary>
internal static class OrderedWork
{
    /// <summary>Reads items and uses results on the calling thread, works on others.</summary>
    /// <param name="items">Read ahead by twice as many items as there are threads.</param>
    /// <param name="work">Called by several threads at once.</param>
    /// <param name="use">Gets the results in the order of the items.</param>
    /// <param name="threads">How many threads work.</param>
    /// <param name="cancellation">Ends the reading; what was read is still worked on and used.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>An error in the sequence surfaces after the results of all items before it have been used, one in the
    /// work in the place of its result.</remarks>
    public static void Run<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, Action<TResult> use, int threads, CancellationToken cancellation)
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;
        var underWay = new Queue<Task<TResult>>();
        ExceptionDispatchInfo? fault = null;
        try
        {
            using var source = items.GetEnumerator();
            while (!cancellation.IsCancellationRequested && Next(source, ref fault))
            {
                var item = source.Current;
                underWay.Enqueue(Task.Factory.StartNew(
                    () => work(item), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler));
                while (underWay.Count > 2 * threads || (underWay.TryPeek(out var first) && first.IsCompleted))
                    use(underWay.Dequeue().GetAwaiter().GetResult());
            }
            while (underWay.TryDequeue(out var task)) use(task.GetAwaiter().GetResult());
        }
        finally
        {
            // After an error nobody wants these, but none may go on behind the caller's back.
            while (underWay.TryDequeue(out var task)) ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
        fault?.Throw();
        cancellation.ThrowIfCancellationRequested();
    }

    private static bool Next<TItem>(IEnumerator<TItem> source, ref ExceptionDispatchInfo? fault)
    {
        try
        {
            return source.MoveNext();
        }
        catch (Exception exception)
        {
            fault = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }
}
