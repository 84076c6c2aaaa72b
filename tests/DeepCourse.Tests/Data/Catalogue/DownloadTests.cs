using System.Net;
using System.Security.Cryptography;
using DeepCourse.Data.Catalogue;

namespace DeepCourse.Tests.Data.Catalogue;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Contents = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 31 >> 3))];
    private readonly TemporaryFolder _folder = new();
    private readonly StubServer _server = new(Contents);

    private static WebFile File => new("http://localhost/set.tar", Convert.ToHexStringLower(SHA256.HashData(Contents)));

    private string Target => _folder.File("set.tar");

    [Fact]
    public void Run_WholeFile_IsVerifiedAndReported()
    {
        var last = (Done: 0L, Total: (long?)0);

        Run(File, (done, total) => last = (done, total));

        Assert.Equal(Contents, System.IO.File.ReadAllBytes(Target));
        Assert.Equal((Contents.Length, Contents.Length), last);
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Run_AfterABrokenConnection_GoesOnWhereItStopped()
    {
        _server.BreakAfter = 200_000;
        var exception = Assert.Throws<FetchException>(() => Run(File));
        _server.BreakAfter = null;

        Run(File);

        Assert.Contains("after 200000 of 300000 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["http://localhost/set.tar", "http://localhost/set.tar 200000-"], _server.Requests);
        Assert.Equal(Contents, System.IO.File.ReadAllBytes(Target));
    }

    [Fact]
    public void Run_FileReplacedInBetween_StartsAnew()
    {
        _server.BreakAfter = 200_000;
        Assert.Throws<FetchException>(() => Run(File));
        (_server.BreakAfter, _server.Tag) = (null, "\"2\"");

        Run(File);

        Assert.Equal(Contents, System.IO.File.ReadAllBytes(Target));
    }

    [Fact]
    public void Run_WrongChecksum_NamesBothAndKeepsNothing()
    {
        var exception = Assert.Throws<FetchException>(() => Run(File with { Sha256 = new string('0', 64) }));

        Assert.Contains($"expected {new string('0', 64)}", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Run_NotFound_SaysWhatTheServerAnswered()
    {
        _server.Status = HttpStatusCode.NotFound;

        Assert.Contains("404", Assert.Throws<FetchException>(() => Run(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_KeepsWhatItHas()
    {
        using var cancellation = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Run(File, (_, _) => cancellation.Cancel(), cancellation.Token));

        Assert.True(new FileInfo(Target + ".partial").Length > 0);
        Run(File);
        Assert.Equal(Contents, System.IO.File.ReadAllBytes(Target));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _server.Dispose();
    }

    private void Run(WebFile file, Action<long, long?>? progress = null, CancellationToken cancellation = default)
    {
        using var download = new Download(_server);
        download.Run(file, Target, progress ?? ((_, _) => { }), cancellation);
    }
}
