using DeepCourse.Torch.Generator;

namespace DeepCourse.Torch.Tests.Operators;

public sealed class GeneratorTests
{
    [Fact]
    public void Member_WithoutMapping_FillsByNameThenByOrder()
    {
        var text = Generated("""
            huber_loss(Tensor self, Tensor target, int reduction=1, float delta=1.) -> Tensor
              functional.huber_loss(Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
            """, "functional.g.cs");

        Assert.Contains("Aten.huber_loss(input, target, (long)reduction, delta)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Member_ThatMayWorkInPlace_PicksTheTwin()
    {
        var text = Generated("""
            elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor
              functional.elu(Tensor x, double alpha, bool inplace = false)
            elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!)
            """, "functional.g.cs");

        Assert.Contains("inplace ? Aten.elu_(x, alpha) : Aten.elu(x, alpha)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RawMethod_OfAnOperatorInPlace_ReturnsItsArgument()
    {
        var text = Generated("zero_(Tensor(a!) self) -> Tensor(a!)", "Aten.Z.g.cs");

        Assert.Contains("s_zero_.InPlace(arguments, 1);", text, StringComparison.Ordinal);
        Assert.Contains("return self;", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "line 2: 'nonsense' is no operator schema")]
    [InlineData("abs(Tensor self) -> Tensor\n  math.abs(Tensor input)", "line 3: 'math.abs(Tensor input)' names no member")]
    [InlineData("abs(Tensor self) -> Tensor\nabs(Tensor self) -> Tensor", "abs stands in the table twice")]
    public void Table_WithAFault_NamesTheLine(string lines, string message)
    {
        var fault = Assert.Throws<FormatException>(() => OperatorTable.Parse(("# first\n" + lines).Split('\n')));

        Assert.Equal(message, fault.Message);
    }

    [Theory]
    [InlineData("abs(Tensor self) -> Tensor\n  torch.abs(Tensor input, long more)", "torch.abs has more parameters than abs")]
    [InlineData("abs(Dimname self) -> Tensor", "type 'Dimname' is not bound")]
    [InlineData("mul(Tensor self, Tensor other) -> Tensor\n  Tensor.mul()", "Tensor.mul gives no other to mul")]
    public void Generation_OfWhatDoesNotFit_SaysWhat(string lines, string message)
    {
        var fault = Assert.Throws<FormatException>(() => GeneratedCode.From(OperatorTable.Parse(lines.Split('\n'))));

        Assert.Equal(message, fault.Message);
    }

    private static string Generated(string table, string file) => GeneratedCode.From(OperatorTable.Parse(table.Split('\n')))[file];
}
