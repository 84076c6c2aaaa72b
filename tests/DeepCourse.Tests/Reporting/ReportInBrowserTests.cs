using DeepCourse.Reporting;
using Microsoft.Playwright;

namespace DeepCourse.Tests.Reporting;

/// <summary>Opens a report in a real Chromium: nothing on the console, all pictures visible, no sideways scrolling on a phone.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly string _folder = Directory.CreateTempSubdirectory("deepcourse-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task ReportIsReadableAtEveryWidth(int width, int height)
    {
        Skip.IfNot(File.Exists(Chromium), $"{Chromium} is not installed (./course setup installs it)");
        var file = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(file, ReportSamples.Everything().ToHtml());

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url[..Math.Min(80, request.Url.Length)]}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) complaints.Add($"asked for {request.Url}");
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri, new() { WaitUntil = WaitUntilState.Load });
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");

        Assert.Empty(complaints);
        Assert.Equal(6, await page.EvaluateAsync<int>("() => [...document.images].filter(i => i.complete && i.naturalWidth > 0 && i.getBoundingClientRect().width > 40).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        // Of the two drawings of each chart, exactly one is shown.
        Assert.Equal(3, await page.EvaluateAsync<int>("() => [...document.querySelectorAll('.plot.wide, .plot.narrow')].filter(p => p.getBoundingClientRect().width > 0).length"));
        // Nothing is painted outside the page either, but for what scrolls in a box of its own.
        Assert.Equal("", await page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll') && !e.closest('svg') && !e.closest('.view') && e.getBoundingClientRect().right > window.innerWidth + 1)
                .map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ')
            """));
    }
}
