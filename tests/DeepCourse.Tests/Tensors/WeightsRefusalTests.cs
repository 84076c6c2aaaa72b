using System.Buffers.Binary;
using System.Text;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;

namespace DeepCourse.Tests.Tensors;

public sealed class WeightsRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("malicious.pth")]
    [InlineData("malicious_legacy.pth")]
    [InlineData("malicious.pkl")]
    public void Read_PickleThatWantsToRunCode_NamesItAndRunsNothing(string file)
    {
        const string Trace = "/tmp/deepcourse-pickle-ran";
        File.Delete(Trace);

        var exception = Refused(ReferenceFiles.PathOf($"weights/{file}"));

        Assert.Contains("asks for 'posix.system'", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Trace));
    }

    [Fact]
    public void Read_PickleThatImportsOs_NamesIt()
    {
        var path = Write("os.pth", "\u0080\u0002cos\nsystem\nX\u0002\0\0\0ls\u0085R.");

        Assert.Contains("asks for 'os.system'", Refused(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WholeModel_AdvisesAStateDict()
    {
        var exception = Refused(ReferenceFiles.PathOf("weights/whole_model.pth"));

        Assert.Contains("torch.nn.modules.container.Sequential", exception.Message, StringComparison.Ordinal);
        Assert.Contains("state_dict()", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("network_fastai_legacy.pth")]
    [InlineData("all_types.safetensors")]
    public void Read_CutAnywhere_IsReportedWithThePath(string file)
    {
        var whole = File.ReadAllBytes(ReferenceFiles.PathOf($"weights/{file}"));
        var path = _folder.File($"cut-{file}");
        for (var length = 0; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith(path, Refused(path).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("all_types.safetensors")]
    public void Read_DamagedAnywhere_IsReadOrReportedButNothingElse(string file)
    {
        var whole = File.ReadAllBytes(ReferenceFiles.PathOf($"weights/{file}"));
        var path = _folder.File($"damaged-{file}");
        var random = new Random(1);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            try
            {
                using var scope = torch.NewDisposeScope();
                Weights.Read(path);
            }
            catch (DataFormatException)
            {
                // A damaged byte of a number is still a number; whatever is noticed must be reported like this.
            }
        }
    }

    [Fact]
    public void Read_HeaderOfTwoToTheSixty_IsRefusedWithoutAllocating()
    {
        var path = _folder.File("huge.safetensors");
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 1UL << 60);
        bytes[8] = (byte)'{';
        File.WriteAllBytes(path, bytes);

        var exception = Refused(path);

        Assert.Contains("claims 1152921504606846976 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, exception.Byte);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes follow the last tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}""", 8, "expected dtype, shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", 8, "more elements than any file")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "F8_E4M3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "expected dtype, shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not valid JSON")]
    [InlineData("""{"a":7}""", 8, "tensor 'a'")]
    [InlineData("{", 8, "not valid JSON")]
    public void Read_SafetensorsWithABrokenHeader_SaysWhatIsWrong(string header, int dataLength, string problem)
    {
        var path = _folder.File("broken.safetensors");
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        File.WriteAllBytes(path, [.. length, .. text, .. new byte[dataLength]]);

        Assert.Contains(problem, Refused(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("this is a text file that somebody named weights.pth")]
    public void Read_SomethingElse_IsRefused(string text) => Refused(Write("text.pth", text));

    [Fact]
    public void Read_NoFile_IsTheUsualError() =>
        Assert.Throws<FileNotFoundException>(() => Weights.Read(_folder.File("absent.pth")));

    public void Dispose() => _folder.Dispose();

    private static DataFormatException Refused(string path)
    {
        using var scope = torch.NewDisposeScope();
        return Assert.Throws<DataFormatException>(() => Weights.Read(path));
    }

    private string Write(string name, string latin)
    {
        var path = _folder.File(name);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(latin));
        return path;
    }
}
