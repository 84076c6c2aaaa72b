using System.Reflection;
using System.Text.Json;

namespace DeepCourse.Torch.Tests.Operators;

/// <summary>Calls a public member by name, choosing the overload that fits the arguments best, as the compiler would.</summary>
internal static class PublicCall
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static bool Exists(string member, JsonElement arguments) => Best(member, arguments) != null;

    /// <summary>The results, and the first argument as it was passed.</summary>
    public static (IReadOnlyList<object?> Results, object? First) Of(string member, JsonElement arguments)
    {
        var best = Best(member, arguments) ?? throw new MissingMethodException($"{member} takes no such arguments: {arguments}");
        var values = best.Bound.Select(b => b.Value()).ToList();
        var first = values.FirstOrDefault();
        object? receiver = null;
        if (!best.Method.IsStatic)
        {
            receiver = values[0];
            values.RemoveAt(0);
        }

        var result = best.Method.Invoke(receiver, BindingFlags.DoNotWrapExceptions, null, [.. values], null);
        return result is System.Runtime.CompilerServices.ITuple tuple
            ? ([.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])], first)
            : result is IEnumerable<torch.Tensor> list ? ([.. list], first) : ([result], first);
    }

    private static (MethodInfo Method, List<Argument> Bound)? Best(string member, JsonElement arguments)
    {
        var (owner, name) = (Owner(member.Split('.')[0]), member.Split('.')[1]);
        var fitting = owner.GetMethods(Public).Where(m => m.Name == name).Select(m => (Method: m, Bound: Bind(m, arguments)))
            .Where(c => c.Bound != null).OrderBy(c => c.Bound!.Sum(b => b.Cost)).ToList();
        return fitting.Count == 0 ? null : (fitting[0].Method, fitting[0].Bound!);
    }

    private static Type Owner(string name) => name switch
    {
        "torch" => typeof(torch),
        "Tensor" => typeof(torch.Tensor),
        "functional" => typeof(torch.nn.functional),
        "special" => typeof(torch.special),
        "linalg" => typeof(torch.linalg),
        "fft" => typeof(torch.fft),
        _ => throw new ArgumentException($"No owner {name}.", nameof(name)),
    };

    // Each argument with a way to make it and how far it is from the parameter's own type; null when one does not fit.
    private static List<Argument>? Bind(MethodInfo method, JsonElement arguments)
    {
        var parameters = method.GetParameters().ToList();
        var types = (method.IsStatic ? [] : new[] { typeof(torch.Tensor) }).Concat(parameters.Select(p => p.ParameterType)).ToList();
        if (types.Any(t => t.IsByRefLike || t.IsByRef) || arguments.GetArrayLength() > types.Count) return null;

        var bound = new List<Argument>();
        for (var i = 0; i < types.Count; i++)
        {
            if (i < arguments.GetArrayLength())
            {
                if (Argument.From(arguments[i], types[i]) is not { } argument) return null;
                bound.Add(argument);
            }
            else
            {
                var parameter = parameters[i - (method.IsStatic ? 0 : 1)];
                if (!parameter.HasDefaultValue) return null;
                var value = parameter.DefaultValue;
                // Filling a default is worse than having none to fill.
                bound.Add(new(() => value, 0.1));
            }
        }

        return bound;
    }
}
