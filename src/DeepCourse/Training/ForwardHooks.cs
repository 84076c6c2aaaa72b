namespace DeepCourse.Training;

/// <summary>Watches what layers give, until it is disposed.</summary>
/// <remarks>Only layers from one tensor to one tensor can be watched, and only when they are called (not when somebody
/// calls their <c>forward</c> directly).</remarks>
public sealed class ForwardHooks : IDisposable
{
    private readonly List<Action> _removals = [];

    /// <summary>Puts a hook on every layer that is chosen.</summary>
    /// <param name="model">Whose layers to watch.</param>
    /// <param name="which">Chooses layers.</param>
    /// <param name="seen">Gets the layer's name, the layer, and its output after every call.</param>
    public ForwardHooks(
        Module model, Func<Module, bool> which, Action<string, Module<Tensor, Tensor>, Tensor> seen)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (name, module) in model.named_modules())
        {
            if (module is not Module<Tensor, Tensor> layer || !which(module)) continue;
            var hook = layer.register_forward_hook((_, _, output) =>
            {
                seen(name, layer, output);
                return output;
            });
            _removals.Add(hook.remove);
        }
    }

    /// <summary>How many layers are watched.</summary>
    public int Count => _removals.Count;

    /// <summary>Takes all hooks off.</summary>
    public void Dispose()
    {
        foreach (var remove in _removals) remove();
        _removals.Clear();
    }
}
