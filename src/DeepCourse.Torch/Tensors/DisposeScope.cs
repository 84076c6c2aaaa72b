using System.Collections.ObjectModel;

namespace TorchSharp;

/// <summary>
/// Owns the tensors made on its thread while it is the innermost scope, and frees them when it is disposed,
/// except those that were moved out or detached.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private readonly Interop.ThreadScopes thread;
    private List<IDisposable?> items;
    private int holes;
    private bool disposed;

    internal DisposeScope(Interop.ThreadScopes thread)
    {
        this.thread = thread;
        Outer = thread.Current;
        items = thread.RentList();
    }

    internal DisposeScope? Outer { get; }

    public int DisposablesCount => items.Count - holes;

    public IReadOnlyList<IDisposable> DisposablesView =>
        new ReadOnlyCollection<IDisposable>([.. items.Where(item => item is not null).Select(item => item!)]);

    public bool Contains(IDisposable disposable) => Find(disposable) >= 0;

    public void Attach(IDisposable disposable) => MoveHere(disposable, countsAsAttached: true);

    public void Attach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Attach(disposable);
    }

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var list = disposables as IReadOnlyList<IDisposable> ?? [.. disposables];
        foreach (var disposable in list) Attach(disposable);
        return list;
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        if (Release(disposable)) thread.CountDetached(disposable);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Detach<IDisposable>(disposable);
    }

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray()) Detach<IDisposable>(disposable);
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        if (scope is null) return Detach(disposable);
        if (Release(disposable)) scope.MoveHere(disposable, countsAsAttached: false);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable => (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) MoveToOther<IDisposable>(scope, disposable);
    }

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables.ToArray()) MoveToOther<IDisposable>(scope, disposable);
    }

    /// <summary>Forgets something that was disposed by hand.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Release(disposable);

    public void DisposeEverything()
    {
        Interop.ReleaseQueue.FreeAll(items);
        items.Clear();
        holes = 0;
    }

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut([first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut([first, second, third]);
        return (first, second, third);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var item in items.ToArray())
            if (item is not null && !kept.Contains(item)) item.Dispose();
        Compact();
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        thread.Leave(this);
        var list = items;
        Interop.ReleaseQueue.FreeAll(list);
        items = [];
        holes = 0;
        thread.ReturnList(list);
    }

    internal void Add(Interop.IScoped item)
    {
        item.Slot = new(this, items.Count);
        items.Add(item);
    }

    private void MoveHere(IDisposable disposable, bool countsAsAttached)
    {
        if (disposable is Interop.IScoped scoped)
        {
            if (scoped.Slot.Scope == this) return;
            scoped.Slot.Scope?.Release(disposable);
            Add(scoped);
        }
        else if (Find(disposable) < 0)
        {
            items.Add(disposable);
        }
        if (countsAsAttached) thread.CountAttached(disposable);
    }

    /// <summary>Takes something out of this scope; false when it was not in it.</summary>
    internal bool Release(IDisposable disposable)
    {
        var index = Find(disposable);
        if (index < 0) return false;
        if (disposable is Interop.IScoped scoped) scoped.Slot = default;
        if (index == items.Count - 1)
        {
            items.RemoveAt(index);
            return true;
        }
        items[index] = null;
        // A long-lived scope in which tensors come and go must not grow for ever.
        if (++holes > 64 && holes > items.Count / 2) Compact();
        return true;
    }

    private int Find(IDisposable disposable)
    {
        if (disposable is Interop.IScoped scoped) return scoped.Slot.Scope == this ? scoped.Slot.Index : -1;
        return items.FindIndex(item => ReferenceEquals(item, disposable));
    }

    private void Compact()
    {
        items.RemoveAll(static item => item is null);
        holes = 0;
        for (var i = 0; i < items.Count; i++)
            if (items[i] is Interop.IScoped scoped) scoped.Slot = new(this, i);
    }
}
