using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>
/// The instance fields of a module type that can hold a component (tensor, parameter or submodule), base classes
/// first. Reflection happens once per type: constructing the same layer again only reads field values.
/// </summary>
internal sealed class ComponentFields
{
    private static readonly ConcurrentDictionary<Type, ComponentFields> Known = new();

    private readonly (string Name, FieldInfo Field)[] _fields;
    private readonly Dictionary<string, FieldInfo> _byName = [];

    private ComponentFields(Type type)
    {
        var levels = new Stack<Type>();
        for (var level = type; level is not null && level != typeof(torch.nn.Module); level = level.BaseType)
            levels.Push(level);
        _fields = [.. levels.SelectMany(FieldsOf).Select(field => (field.ComponentName(), field))];
        foreach (var (name, field) in _fields) _byName[name] = field;
    }

    public static ComponentFields Of(Type type) => Known.GetOrAdd(type, static key => new ComponentFields(key));

    /// <summary>Name and current value of every component field of this module.</summary>
    public IEnumerable<(string Name, object? Value)> ValuesIn(torch.nn.Module module) =>
        _fields.Select(entry => (entry.Name, entry.Field.GetValue(module)));

    /// <summary>Stores a replaced tensor in the field that held the old one, if a field did.</summary>
    public void Replace(torch.nn.Module module, string name, torch.Tensor old, torch.Tensor replacement)
    {
        if (_byName.TryGetValue(name, out var field) && ReferenceEquals(field.GetValue(module), old))
            field.SetValue(module, replacement);
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type level) => level
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => CanHoldComponent(field.FieldType));

    // A field declared as an interface or as object may hold a module all the same; values decide.
    private static bool CanHoldComponent(Type type) =>
        typeof(torch.Tensor).IsAssignableFrom(type) || typeof(torch.nn.Module).IsAssignableFrom(type)
        || type.IsInterface || type == typeof(object);
}
