using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace DeepCourse.Data.Catalogue;

/// <summary>Downloads files so that an interrupted download goes on where it stopped, and checks what arrived.</summary>
internal sealed class Download(HttpMessageHandler? handler) : IDisposable
{
    private const int BufferLength = 1 << 17;

    // A download may take hours, but not a minute without a single byte.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = new(
        handler ?? new SocketsHttpHandler { ConnectTimeout = Patience }, disposeHandler: handler == null)
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Makes the file at the path, or throws and keeps what it has for the next time.</summary>
    public void Run(WebFile file, string path, Action<long, long?> onProgress, CancellationToken cancellation)
    {
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        try
        {
            Receive(file, partial, onProgress, cancellation);
        }
        catch (HttpRequestException exception)
        {
            throw new FetchException($"{file.Address}: {exception.Message}", exception);
        }
        Verify(file, partial);
        File.Move(partial, path, overwrite: true);
        File.Delete(TagPath(partial));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private void Receive(WebFile file, string partial, Action<long, long?> onProgress, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Address);
        request.Headers.UserAgent.Add(new("DeepCourse", "1"));
        var have = Resume(request, partial);
        using var response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var resumed = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == have;
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            File.Delete(partial);
            File.Delete(TagPath(partial));
            throw new FetchException($"{file.Address}: the file changed while it was downloaded; try again");
        }
        if (!response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.PartialContent && !resumed))
            throw new FetchException($"{file.Address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}");

        if (!resumed) have = 0;
        Remember(response.Headers, partial);
        var total = have + response.Content.Headers.ContentLength;
        using var source = response.Content.ReadAsStream(cancellation);
        using var target = new FileStream(partial, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write);
        var buffer = new byte[BufferLength];
        int count;
        while ((count = Read(source, buffer, file, cancellation)) > 0)
        {
            target.Write(buffer, 0, count);
            onProgress(have += count, total);
        }
        if (total is { } expected && have != expected)
            throw new FetchException($"{file.Address}: the connection ended after {have} of {expected} bytes; try again to go on");
    }

    // Reading synchronously could be neither cancelled nor given a time limit.
    private static int Read(Stream source, byte[] buffer, WebFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return source.ReadAsync(buffer, limit.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FetchException(
                $"{file.Address}: nothing arrived for {Patience.TotalSeconds:0} seconds; try again to go on");
        }
    }

    // Without a validator the rest could be that of another file, so the download starts anew.
    private static long Resume(HttpRequestMessage request, string partial)
    {
        var have = File.Exists(partial) ? new FileInfo(partial).Length : 0;
        if (have == 0 || !File.Exists(TagPath(partial))) return 0;
        if (!EntityTagHeaderValue.TryParse(File.ReadAllText(TagPath(partial)), out var tag)) return 0;
        request.Headers.Range = new(have, null);
        request.Headers.IfRange = new(tag);
        return have;
    }

    private static void Remember(HttpResponseHeaders headers, string partial)
    {
        if (headers.ETag is { IsWeak: false } tag) File.WriteAllText(TagPath(partial), tag.ToString());
        else File.Delete(TagPath(partial));
    }

    private static string TagPath(string partial) => partial + ".etag";

    private static void Verify(WebFile file, string partial)
    {
        if (file.Sha256 == null) return;
        string actual;
        using (var stream = File.OpenRead(partial)) actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (actual == file.Sha256) return;
        File.Delete(partial);
        File.Delete(TagPath(partial));
        throw new FetchException(
            $"{file.Address}: the SHA-256 is {actual}, expected {file.Sha256}; the download was damaged or the file replaced");
    }
}
