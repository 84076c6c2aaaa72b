using DeepCourse.Tensors.Formats;

namespace DeepCourse.Tests.Tensors;

public class TensorBytesTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(16)]
    [InlineData(8)]
    public void WriteThenRead_InPiecesOfAnySize_KeepsTheElements(long largestPiece)
    {
        using var scope = torch.NewDisposeScope();
        var tensor = torch.arange(21).view(3, 7).t();
        using var stream = new MemoryStream();

        TensorBytes.Write(stream, tensor, largestPiece);
        stream.Position = 0;
        var read = TensorBytes.Read(stream, [7, 3], ScalarType.Int64, largestPiece);

        Assert.Equal(tensor.contiguous().data<long>().ToArray(), read.data<long>().ToArray());
    }

    [Fact]
    public void Read_StreamEndsTooEarly_LeavesNoTensor()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Throws<EndOfStreamException>(() => TensorBytes.Read(new MemoryStream(7), [2], ScalarType.Float32));
    }
}
