using System.Net;
using System.Net.Http.Headers;

namespace DeepCourse.Tests.Data.Catalogue;

/// <summary>Answers web requests from memory, as a server with ranges does; can break the connection on the way.</summary>
internal sealed class StubServer(byte[] contents) : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public int? BreakAfter { get; set; }

    public string Tag { get; set; } = "\"1\"";

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var range = request.Headers.Range?.Ranges.Single();
        Requests.Add($"{request.RequestUri} {range}".Trim());
        if (Status != HttpStatusCode.OK) return new(Status) { ReasonPhrase = $"{Status}" };

        var from = range != null && request.Headers.IfRange?.EntityTag?.Tag == Tag ? (int)range.From! : 0;
        var sent = Math.Min(contents.Length, BreakAfter ?? contents.Length) - from;
        var response = new HttpResponseMessage(from > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new StreamContent(new MemoryStream(contents, from, sent)),
        };
        response.Headers.ETag = new(Tag);
        response.Content.Headers.ContentLength = contents.Length - from;
        if (from > 0) response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, contents.Length - 1, contents.Length);
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
