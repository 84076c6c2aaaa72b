using DeepCourse.Torch.Tests.Reference;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>With the same seed, parameters start at the same values as PyTorch's.</summary>
public class InitTests
{
    private static readonly Dictionary<string, Func<Module>> Layers = new()
    {
        ["Linear"] = () => Linear(5, 3),
        ["Bilinear"] = () => Bilinear(3, 4, 2),
        ["Conv1d"] = () => Conv1d(2, 3, 3),
        ["Conv2d"] = () => Conv2d(3, 4, 3),
        ["Conv3d"] = () => Conv3d(2, 2, 2),
        ["ConvTranspose2d"] = () => ConvTranspose2d(3, 4, 2),
        ["Embedding"] = () => Embedding(6, 3, 1),
        ["EmbeddingBag"] = () => EmbeddingBag(6, 3),
        ["LSTM"] = () => LSTM(3, 4, 2, bidirectional: true),
        ["GRU"] = () => GRU(3, 4),
        ["RNN"] = () => RNN(3, 4, 2),
        ["LSTMCell"] = () => LSTMCell(3, 4),
        ["MultiheadAttention"] = () => MultiheadAttention(4, 2),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Fills = new()
    {
        ["uniform_"] = values => init.uniform_(values, -2, 3),
        ["normal_"] = values => init.normal_(values, 1, 2),
        ["trunc_normal_"] = values => init.trunc_normal_(values, 0.1, 0.5, -0.6, 0.7),
        ["xavier_uniform_"] = values => init.xavier_uniform_(values),
        ["xavier_normal_"] = values => init.xavier_normal_(values, 2),
        ["kaiming_uniform_"] = values => init.kaiming_uniform_(values, 0.2),
        ["kaiming_normal_"] = values => init.kaiming_normal_(
            values, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ["orthogonal_"] = values => init.orthogonal_(values),
        ["eye_"] = init.eye_,
        ["sparse_"] = values => init.sparse_(values, 0.3),
    };

    public static TheoryData<string> LayerNames => [.. Layers.Keys];

    public static TheoryData<string> FillNames => [.. Fills.Keys];

    [Theory]
    [MemberData(nameof(LayerNames))]
    public void NewLayer_OfSameSeed_StartsLikePyTorch(string name)
    {
        var expected = LayerReference.Values.InitialStates[name];
        manual_seed(7);

        using var layer = Layers[name]();

        foreach (var (key, value) in layer.state_dict()) expected[key].ShouldEqual(value, key, 1e-6);
    }

    [Theory]
    [MemberData(nameof(FillNames))]
    public void Fill_OfSameSeed_EqualsPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);

        var values = Fills[name](empty(4, 6));

        LayerReference.Values.InitialValues[name].ShouldEqual(values, name);
    }

    [Fact]
    public void Dirac_PassesTheInputOn()
    {
        using var scope = NewDisposeScope();
        LayerReference.Values.InitialValues["dirac_"].ShouldEqual(init.dirac_(empty(3, 2, 3, 2)), "dirac_");
    }

    [Fact]
    public void FanInAndFanOut_CountTheWindow()
    {
        using var weight = empty(8, 3, 5, 5);
        Assert.Equal((75L, 200L), init.CalculateFanInAndFanOut(weight));
        using var vector = empty(3);
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(vector));
    }
}
