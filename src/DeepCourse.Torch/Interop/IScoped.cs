namespace TorchSharp.Interop;

/// <summary>Something that knows which dispose scope holds it, and where: leaving a scope takes constant time.</summary>
internal interface IScoped : IDisposable
{
    ScopeSlot Slot { get; set; }
}

internal readonly record struct ScopeSlot(DisposeScope? Scope, int Index);
