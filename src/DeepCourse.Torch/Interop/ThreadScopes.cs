namespace TorchSharp.Interop;

/// <summary>The dispose scopes of one thread, and its counts of what was made and freed.</summary>
internal sealed class ThreadScopes
{
    [ThreadStatic]
    private static ThreadScopes? current;

    private readonly Stack<List<IDisposable?>> lists = new();

    internal static ThreadScopes OfThisThread => current ??= new ThreadScopes();

    internal ThreadDisposeScopeStatistics Statistics { get; } = new();

    internal DisposeScope? Current { get; private set; }

    internal DisposeScope Enter() => Current = new DisposeScope(this);

    internal void Leave(DisposeScope scope)
    {
        // Scopes left out of order (a forgotten inner one) are left together with the outer one.
        for (var open = Current; open is not null; open = open.Outer)
        {
            if (open != scope) continue;
            Current = scope.Outer;
            return;
        }
    }

    internal List<IDisposable?> RentList() => lists.TryPop(out var list) ? list : new List<IDisposable?>(64);

    internal void ReturnList(List<IDisposable?> list)
    {
        list.Clear();
        if (lists.Count < 16) lists.Push(list);
    }

    internal void CountAttached(IDisposable disposable) => Of(disposable).Attached();

    internal void CountDetached(IDisposable disposable) => Of(disposable).Detached();

    internal LifetimeStatistics Of(IDisposable disposable) =>
        disposable is torch.Tensor ? Statistics.TensorStatistics : Statistics.PackedSequenceStatistics;
}
