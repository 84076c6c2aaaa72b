using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

/// <summary>Outputs, losses and gradients of PyTorch's layers (make_text_awdlstm.py).</summary>
public sealed class AwdLstmReferenceTests
{
    private static readonly JsonElement document =
        JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("text_awdlstm.json"))).RootElement;

    [Fact]
    public void TwoBatchesInDoublePrecision_AreThoseOfPyTorch() => Check(ScalarType.Float64, 1e-9);

    [Fact]
    public void TwoBatchesInSinglePrecision_AreThoseOfPyTorch() => Check(ScalarType.Float32, 1e-5);

    private static void Check(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var model = Load(type);
        var parameters = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        var loss = new LanguageModelLoss(activationWeight: 2, slownessWeight: 1);
        foreach (var batch in document.GetProperty("batches").EnumerateArray())
        {
            var output = model.call(Tokens(batch, "tokens"));
            var targets = Tokens(batch, "targets");
            var value = loss.Of(output, targets);
            model.zero_grad();
            value.backward();

            Close(batch.GetProperty("raw").GetProperty("values"), output.Raw, tolerance, "raw");
            Assert.Equal(batch.GetProperty("cross_entropy").GetDouble(), output.CrossEntropy(targets).ReadNumber(), tolerance);
            Assert.Equal(batch.GetProperty("loss").GetDouble(), value.ReadNumber(), tolerance);
            foreach (var gradient in batch.GetProperty("gradients").EnumerateObject())
                Close(gradient.Value.GetProperty("values"), parameters[gradient.Name].grad!, tolerance, gradient.Name);
        }
    }

    private static LanguageModel Load(ScalarType type)
    {
        var model = new LanguageModel(new AwdLstmOptions(document.GetProperty("vocabulary").GetInt32())
        {
            EmbeddingSize = document.GetProperty("embedding").GetInt32(),
            HiddenSize = document.GetProperty("hidden").GetInt32(),
            Layers = document.GetProperty("layers").GetInt32(),
            Dropouts = AwdDropouts.None,
        });
        model.to(type);
        using var frozen = no_grad();
        var weights = document.GetProperty("weights");
        Assert.Equal(
            weights.EnumerateObject().Select(entry => entry.Name).Order(),
            model.named_parameters().Select(entry => entry.name).Order());
        foreach (var (name, parameter) in model.named_parameters())
        {
            Assert.Equal(
                weights.GetProperty(name).GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), parameter.shape);
            parameter.copy_(tensor(Numbers(weights.GetProperty(name).GetProperty("values"))).view(parameter.shape));
        }
        return model;
    }

    private static Tensor Tokens(JsonElement batch, string name) => tensor(
        batch.GetProperty(name).EnumerateArray().Select(value => value.GetInt64()).ToArray())
        .view(document.GetProperty("batch").GetInt32(), document.GetProperty("steps").GetInt32());

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble())];

    private static void Close(JsonElement expected, Tensor actual, double tolerance, string name)
    {
        var (left, right) = (Numbers(expected), actual.ReadNumbers());
        Assert.Equal(left.Length, right.Length);
        for (var i = 0; i < left.Length; i++)
            Assert.True(Math.Abs(left[i] - right[i]) <= tolerance, $"{name}[{i}]: {right[i]} instead of {left[i]}");
    }
}
