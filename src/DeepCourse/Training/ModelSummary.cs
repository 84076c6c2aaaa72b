using System.Globalization;
using System.Text;
using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>One layer of a model.</summary>
/// <param name="Name">Its place in the model.</param>
/// <param name="Type">Its type.</param>
/// <param name="OutputShape">The shape of its output for a batch; empty where it was not called.</param>
/// <param name="Parameters">The number of its own parameters.</param>
/// <param name="Trainable">How many of them learn.</param>
public sealed record LayerSummary(string Name, string Type, string OutputShape, long Parameters, long Trainable);

/// <summary>What a model is made of, found out by sending one batch through it.</summary>
/// <param name="Layers">The layers that have no layers inside, in the order of their names.</param>
/// <param name="Parameters">The number of all parameters.</param>
/// <param name="Trainable">How many of them learn.</param>
public sealed record ModelSummary(IReadOnlyList<LayerSummary> Layers, long Parameters, long Trainable)
{
    /// <summary>Sends a batch through the model and writes down what passes.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <param name="model">Goes to evaluation mode; nothing else in it changes.</param>
    /// <param name="inputs">A batch, on the model's device.</param>
    public static ModelSummary Of<TX, TOut>(Module<TX, TOut> model, TX inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        var shapes = new Dictionary<string, string>();
        using (NewDisposeScope())
        using (no_grad())
        using (new ForwardHooks(model, IsLeaf, (name, _, output) => shapes[name] = output.ShapeText()))
        {
            model.eval();
            model.call(inputs);
        }
        var layers = model.named_modules().Where(entry => IsLeaf(entry.module)).Select(entry => new LayerSummary(
            entry.name,
            entry.module.GetName(),
            shapes.GetValueOrDefault(entry.name, ""),
            Count(entry.module, all: true),
            Count(entry.module, all: false)));
        return new([.. layers], Count(model, all: true), Count(model, all: false));
    }

    /// <summary>Sends the first validation batch of a learner through its model.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="learner">Whose model to look at.</param>
    public static ModelSummary Of<TX, TOut, TY>(Learner<TX, TOut, TY> learner)
    {
        ArgumentNullException.ThrowIfNull(learner);
        using var scope = NewDisposeScope();
        var batch = learner.Data.Validation.Batches(epoch: 0).First();
        return Of((Module<TX, TOut>)learner.Model, batch.Inputs);
    }

    /// <summary>A table for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var width = Math.Max(5, Layers.Select(layer => layer.Name.Length).DefaultIfEmpty().Max());
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{"layer".PadRight(width)}  {"type",-20} {"output",-24} {"parameters",12} {"trainable",12}");
        foreach (var layer in Layers)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{layer.Name.PadRight(width)}  {layer.Type,-20} {layer.OutputShape,-24} {layer.Parameters,12:N0} {layer.Trainable,12:N0}");
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"{Parameters:N0} parameters, {Trainable:N0} of them trainable");
        return text.ToString();
    }

    private static bool IsLeaf(Module module) => !module.children().Any();

    private static long Count(Module module, bool all) => module.parameters()
        .Distinct<Parameter>(ReferenceEqualityComparer.Instance)
        .Where(parameter => all || parameter.requires_grad)
        .Sum(parameter => parameter.numel());
}
