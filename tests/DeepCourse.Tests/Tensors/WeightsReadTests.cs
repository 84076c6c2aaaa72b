using System.Text.Json;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Tensors;

public class WeightsReadTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("weights/expected.json"))).RootElement.GetProperty("tensors");

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("protocol4.pth")]
    [InlineData("all_types.safetensors")]
    public void Read_EveryFormat_GivesPyTorchsTypesShapesAndValues(string file)
    {
        using var scope = torch.NewDisposeScope();

        var tensors = Weights.Read(ReferenceFiles.PathOf($"weights/{file}"));

        Assert.Equal(Expected.EnumerateObject().Select(tensor => tensor.Name).Order(), tensors.Keys.Order());
        foreach (var tensor in Expected.EnumerateObject())
        {
            var actual = tensors[tensor.Name];
            Assert.Equal(tensor.Value.GetProperty("dtype").GetString(), PythonName(actual.dtype));
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), actual.shape);
            Assert.Equal(tensor.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()), Values(actual));
        }
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Read_TensorsThatShareAStorage_ShareItHereToo(string file)
    {
        using var scope = torch.NewDisposeScope();
        var tensors = Weights.Read(ReferenceFiles.PathOf($"weights/{file}"));

        tensors["tied"].fill_(7);

        Assert.All(Values(tensors["transposed"]), value => Assert.Equal(7, value));
        Assert.All(Values(tensors["every_other"]), value => Assert.Equal(7, value));
    }

    [Theory]
    [InlineData("network.pth")]
    [InlineData("network_legacy.pth")]
    [InlineData("network_fastai.pth")]
    [InlineData("network_fastai_legacy.pth")]
    [InlineData("network_parallel.pth")]
    public void Read_NestedOrParallelStateDict_FindsTheWeights(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var expected = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("weights/network.json")));

        var tensors = Weights.Read(ReferenceFiles.PathOf($"weights/{file}"));

        Assert.Equal(expected.RootElement.EnumerateObject().Select(pair => pair.Name).Order(), tensors.Keys.Order());
        foreach (var pair in expected.RootElement.EnumerateObject())
            Assert.Equal(pair.Value.EnumerateArray().Select(value => value.GetDouble()), Values(tensors[pair.Name]));
    }

    [Fact]
    public void Read_Parameters_AreTensors()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(5, Weights.Read(ReferenceFiles.PathOf("weights/network_parameters.pth")).Count);
    }

    private static double[] Values(Tensor tensor)
    {
        using var plain = tensor.to(ScalarType.Float64).contiguous();
        return plain.data<double>().ToArray();
    }

    private static string PythonName(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        _ => type.ToString().ToLowerInvariant(),
    };
}
