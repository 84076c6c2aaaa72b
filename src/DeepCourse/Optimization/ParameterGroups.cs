namespace DeepCourse.Optimization;

/// <summary>The parameters of a model in groups of layers: which of them learn, and at which rate.</summary>
public sealed class ParameterGroups
{
    private readonly Parameter[][] _groups;
    private readonly HashSet<Parameter> _norms;
    private readonly HashSet<Parameter> _fixed;

    private ParameterGroups(Module model, Parameter[][] groups)
    {
        _groups = groups;
        Sets = [.. groups.SelectMany((group, index) => SetsOf(group, index))];
        Module[] modules = [model, .. model.modules()];
        _norms = new(modules.Where(IsNormalisation).SelectMany(norm => norm.parameters(recurse: false)), ReferenceEqualityComparer.Instance);
        _fixed = new(modules.OfType<IFixedParameters>().SelectMany(module => module.FixedParameters), ReferenceEqualityComparer.Instance);
    }

    /// <summary>The number of groups.</summary>
    public int Count => _groups.Length;

    /// <summary>How many groups, counted from the first layers, are frozen.</summary>
    public int FrozenCount { get; private set; }

    /// <summary>Each group in (at most) two parts: with and without weight decay; first layers first.</summary>
    /// <remarks>Parameters of one dimension (biases, scales of normalisation) go without.</remarks>
    public IReadOnlyList<ParameterSet> Sets { get; }

    /// <summary>The parameters of one group.</summary>
    /// <param name="group">From 0, first layers first.</param>
    public IReadOnlyList<Parameter> this[int group] => _groups[group];

    /// <summary>The model's own groups (<see cref="ILayerGroups"/>), or all its parameters as one.</summary>
    /// <param name="model">On its final device and in its final type: moving it later makes other parameters.</param>
    public static ParameterGroups Of(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model is ILayerGroups layered ? Of(model, layered.LayerGroups) : Of(model, [[model]]);
    }

    /// <summary>Groups that the caller chooses.</summary>
    /// <param name="model">On its final device and in its final type: moving it later makes other parameters.</param>
    /// <param name="groups">The modules of each group, first layers first.</param>
    /// <exception cref="ArgumentException">A parameter is in no group, or in two.</exception>
    public static ParameterGroups Of(Module model, IReadOnlyList<IReadOnlyList<Module>> groups)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfZero(groups.Count);
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        var parameters = groups
            .Select(modules => modules.SelectMany(module => module.parameters())
                .Distinct<Parameter>(ReferenceEqualityComparer.Instance).ToArray())
            .ToArray();
        foreach (var parameter in parameters.SelectMany(group => group))
        {
            if (!seen.Add(parameter))
                throw new ArgumentException($"{Name(model, parameter)} is in two groups", nameof(groups));
        }
        var forgotten = model.named_parameters()
            .Where(entry => !seen.Contains(entry.parameter))
            .Select(entry => entry.name)
            .ToList();
        return forgotten.Count == 0
            ? new(model, parameters)
            : throw new ArgumentException($"in no group: {string.Join(", ", forgotten)}", nameof(groups));
    }

    /// <summary>Lets only the groups from one on learn; <see cref="IFixedParameters"/> never do.</summary>
    /// <param name="group">The first group that learns; negative counts from the end, so -1 is the last alone.</param>
    /// <param name="trainNorms">Whether normalisation layers in frozen groups learn nevertheless (as in
    /// fastai).</param>
    public void FreezeTo(int group, bool trainNorms = true)
    {
        var first = group < 0 ? Count + group : group;
        ArgumentOutOfRangeException.ThrowIfNegative(first, nameof(group));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, Count, nameof(group));
        for (var i = 0; i < Count; i++)
        {
            foreach (var parameter in _groups[i])
            {
                var learns = !_fixed.Contains(parameter) && (i >= first || (trainNorms && _norms.Contains(parameter)));
                parameter.requires_grad = learns;
                // A gradient left from before would still move a frozen parameter at the next step.
                if (!learns) parameter.grad = null;
            }
        }
        FrozenCount = first;
    }

    /// <summary>Lets only the last group learn.</summary>
    /// <param name="trainNorms">Whether normalisation layers in frozen groups learn nevertheless.</param>
    public void Freeze(bool trainNorms = true) => FreezeTo(-1, trainNorms);

    /// <summary>Lets all groups learn.</summary>
    public void Unfreeze() => FreezeTo(0);

    /// <summary>The parameters of all groups.</summary>
    internal IEnumerable<Parameter> All => _groups.SelectMany(group => group);

    internal void DropGradients()
    {
        foreach (var group in _groups)
        {
            foreach (var parameter in group) parameter.grad = null;
        }
    }

    private static IEnumerable<ParameterSet> SetsOf(Parameter[] group, int index) => group
        .GroupBy(parameter => parameter.dim() > 1)
        .OrderByDescending(part => part.Key)
        .Select(part => new ParameterSet(index, part.Key, [.. part]));

    private static bool IsNormalisation(Module module) => module is
        TorchSharp.Modules.BatchNorm or TorchSharp.Modules.InstanceNorm or TorchSharp.Modules.LayerNorm or TorchSharp.Modules.GroupNorm;

    private static string Name(Module model, Parameter parameter) => model.named_parameters()
        .FirstOrDefault(entry => ReferenceEquals(entry.parameter, parameter)).name ?? "a parameter outside the model";
}
