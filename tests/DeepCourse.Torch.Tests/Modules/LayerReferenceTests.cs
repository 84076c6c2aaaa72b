using DeepCourse.Torch.Tests.Reference;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>Given parameters and inputs, every layer computes what PyTorch's does, forward and backward.</summary>
public class LayerReferenceTests
{
    public static TheoryData<string> LayerNames => [.. LayerCases.All.Keys, .. SequenceCases.All.Keys];

    public static TheoryData<string> LossNames => [.. LossCases.All.Keys];

    [Fact]
    public void EveryReferenceHasItsLayer() => Assert.Equal(
        LayerReference.Values.Cases.Select(entry => entry.Name).Order(),
        LayerCases.All.Keys.Concat(SequenceCases.All.Keys).Concat(LossCases.All.Keys).Order());

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void Layer_GivenParameters_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var expected = LayerReference.Of(name);
        var layer = (LayerCases.All.GetValueOrDefault(name) ?? SequenceCases.All[name])();
        using var module = layer.Module;
        module.train(expected.Train);
        Assert.Equal(expected.State.Keys.Order(), module.state_dict().Keys.Order());
        module.load_state_dict(expected.State.ToDictionary(entry => entry.Key, entry => entry.Value.ToTensor()));
        var inputs = Array.ConvertAll(
            expected.Inputs, (input) => input.ToTensor().requires_grad_(input.Kind == "float"));

        var outputs = layer.Run(inputs);

        Assert.Equal(expected.Outputs.Length, outputs.Length);
        for (var index = 0; index < outputs.Length; index++)
            expected.Outputs[index].ShouldEqual(outputs[index], $"output {index}");
        if (outputs.Any(output => output.requires_grad)) Weighed(outputs).backward();
        for (var index = 0; index < inputs.Length; index++)
            expected.InputGradients[index]?.ShouldEqual(inputs[index].grad!, $"gradient of input {index}", 3e-5);
        foreach (var (key, parameter) in module.named_parameters())
            expected.Gradients[key].ShouldEqual(parameter.grad!, $"gradient of {key}", 3e-5);
        foreach (var (key, value) in module.state_dict())
            expected.StateAfter[key].ShouldEqual(value, $"{key} afterwards");
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void Loss_GivenInputs_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var expected = LayerReference.Of(name);
        var loss = LossCases.All[name]();
        var inputs = expected.Inputs
            .Select((input, index) => input.ToTensor().requires_grad_(expected.InputGradients[index] is not null))
            .ToArray();

        var value = loss.Run(inputs)[0];
        value.backward();

        expected.Loss!.ShouldEqual(value, "loss");
        for (var index = 0; index < inputs.Length; index++)
            expected.InputGradients[index]?.ShouldEqual(inputs[index].grad!, $"gradient of input {index}");
    }

    // Every output element gets a gradient of its own, as in make_layers.py.
    private static Tensor Weighed(Tensor[] outputs) => outputs
        .Select(output => output.mul(linspace(-1, 1, output.numel()).view(output.shape)).sum())
        .Aggregate((one, other) => one.add(other));
}
