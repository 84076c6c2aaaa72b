using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;

namespace TorchSharp;

[SuppressMessage("Design", "CA1052", Justification = "The API's shape.")]
public class DisposeScopeManager
{
    /// <summary>What this thread has made and freed so far.</summary>
    public static ThreadDisposeScopeStatistics Statistics => ThreadScopes.OfThisThread.Statistics;

    /// <summary>Puts a new object under the innermost scope of this thread, if there is one.</summary>
    internal static void Register(IScoped item, LifetimeStatistics statistics, DisposeScope? scope)
    {
        statistics.Created(inScope: scope is not null);
        scope?.Add(item);
    }
}

public static partial class torch
{
    public static DisposeScope? CurrentDisposeScope => ThreadScopes.OfThisThread.Current;

    public static DisposeScope NewDisposeScope() => ThreadScopes.OfThisThread.Enter();

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
