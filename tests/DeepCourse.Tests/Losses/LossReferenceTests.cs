using System.Text.Json;
using DeepCourse.Losses;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Losses;

/// <summary>Values and gradients from PyTorch (make_losses.py).</summary>
public sealed class LossReferenceTests
{
    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions { get; } = new()
    {
        ["cross entropy"] = Loss.CrossEntropy,
        ["cross entropy, pixels"] = Loss.CrossEntropy,
        ["cross entropy, smoothed"] = Loss.CrossEntropy(labelSmoothing: 0.1),
        ["cross entropy, soft"] = Loss.CrossEntropy,
        ["binary cross entropy"] = Loss.BinaryCrossEntropy,
        ["mean squared error"] = Loss.MeanSquaredError,
        ["l1"] = Loss.L1,
        ["smooth l1"] = Loss.SmoothL1,
        ["smooth l1, 0.3"] = Loss.SmoothL1(beta: 0.3),
        ["huber, 0.5"] = Loss.Huber(delta: 0.5),
        ["focal"] = new FocalLoss().Of,
        ["dice"] = new DiceLoss().Of,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueAndGradient_AreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var (entry, output, targets) = Read(name);
        output.requires_grad = true;
        var value = Functions[name](output, targets);
        value.backward();
        Assert.Equal(entry.GetProperty("value").GetDouble(), value.ReadNumber(), 1e-7);
        Assert.Equal(Numbers(entry, "gradient"), output.grad!.ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-7);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsTheSlope(string name)
    {
        using var scope = NewDisposeScope();
        var (_, output, targets) = Read(name);
        GradientCheck.Of(x => Functions[name](x, targets), output);
    }

    [Fact]
    public void EveryEntry_IsTested() => Assert.Equal(
        Functions.Keys.Order(),
        Document().EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).Order());

    private static (JsonElement Entry, Tensor Output, Tensor Targets) Read(string name)
    {
        var entry = Document().EnumerateArray().First(entry => entry.GetProperty("name").GetString() == name);
        var output = tensor(Numbers(entry, "output")).view(Shape(entry, "shape"));
        var targets = tensor(Numbers(entry, "targets")).view(Shape(entry, "targetsShape"));
        return (entry, output, entry.GetProperty("integer").GetBoolean() ? targets.to(ScalarType.Int64) : targets);
    }

    private static JsonElement Document() =>
        JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("losses.json"))).RootElement.GetProperty("losses");

    private static double[] Numbers(JsonElement entry, string key) =>
        [.. entry.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];

    private static long[] Shape(JsonElement entry, string key) =>
        [.. entry.GetProperty(key).EnumerateArray().Select(value => value.GetInt64())];
}
