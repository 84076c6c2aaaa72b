namespace DeepCourse.Layers;

/// <summary>Finds which normalisations stand right behind which layers, by watching a pass.</summary>
internal sealed class NormPairs
{
    private readonly Dictionary<Tensor, Module> _outputs = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Module, int> _calls = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Module Layer, BatchNorm Norm)> _met = [];

    /// <summary>Watches a pass.</summary>
    /// <param name="model">Whose layers to watch.</param>
    /// <param name="pass">Calls the model once.</param>
    /// <returns>Layers and the normalisations that get exactly their output, each of them called once.</returns>
    public static IReadOnlyList<(Module Layer, BatchNorm Norm)> Find(Module model, Action pass)
    {
        var pairs = new NormPairs();
        var removals = new List<Action>();
        try
        {
            foreach (var module in model.modules().Prepend(model).Distinct<Module>(ReferenceEqualityComparer.Instance))
            {
                if (module is BatchNorm { track_running_stats: true } norm)
                    removals.Add(norm.register_forward_pre_hook((_, input) => pairs.Enter(norm, input)).remove);
                else if (NormFold.CanTake(module) && module is Module<Tensor, Tensor> layer)
                    removals.Add(layer.register_forward_hook((_, _, output) => pairs.Leave(layer, output)).remove);
            }
            pass();
        }
        finally
        {
            foreach (var remove in removals) remove();
        }
        return [.. pairs._met.Where(pair => pairs._calls[pair.Layer] == 1 && pairs._calls[pair.Norm] == 1)];
    }

    private Tensor Enter(BatchNorm norm, Tensor input)
    {
        Count(norm);
        if (_outputs.TryGetValue(input, out var layer)) _met.Add((layer, norm));
        return input;
    }

    private Tensor Leave(Module layer, Tensor output)
    {
        Count(layer);
        _outputs[output] = layer;
        return output;
    }

    private void Count(Module module) => _calls[module] = _calls.GetValueOrDefault(module) + 1;
}
