using DeepCourse.Torch.Tests.Reference;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>The contents of layers.json.</summary>
internal sealed record LayerReference(
    string Torch, LayerReference.Case[] Cases, Dictionary<string, Dictionary<string, ReferenceTensor>> InitialStates,
    Dictionary<string, ReferenceTensor> InitialValues)
{
    private static readonly Lazy<LayerReference> File = new(() => ReferenceFile.Read<LayerReference>("layers.json"));

    public static LayerReference Values => File.Value;

    public static Case Of(string name) => Values.Cases.Single(entry => entry.Name == name);

    internal sealed record Case(
        string Name, bool Train, Dictionary<string, ReferenceTensor> State, ReferenceTensor[] Inputs,
        ReferenceTensor[] Outputs, ReferenceTensor? Loss, ReferenceTensor?[] InputGradients,
        Dictionary<string, ReferenceTensor> Gradients, Dictionary<string, ReferenceTensor> StateAfter);
}
