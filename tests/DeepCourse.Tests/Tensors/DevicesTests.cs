using DeepCourse.Tensors;

namespace DeepCourse.Tests.Tensors;

public sealed class DevicesTests
{
    [Fact]
    public void Parse_Cpu_IsTheCpu() => Assert.Equal(DeviceType.CPU, Devices.Parse(" CPU ").type);

    [Fact]
    public void Parse_Auto_IsTheBest() => Assert.Equal(Devices.Best.type, Devices.Parse("auto").type);

    [Theory]
    [InlineData("tpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:x")]
    public void Parse_OfNoDevice_SaysWhatIsExpected(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => Devices.Parse(text));
        Assert.Contains("auto, cpu, cuda or cuda:n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfADeviceThatIsNotThere_SaysWhatIs()
    {
        var error = Assert.Throws<DeviceUnavailableException>(() => Devices.Parse("cuda:99"));
        Assert.Equal("cuda:99", error.Asked);
        Assert.Contains("cpu", error.Available);
        Assert.Contains("Available: cpu", error.Message, StringComparison.Ordinal);
    }
}
