using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChainSpace.Web.Serving;

/// <summary>
/// The edge of every page: sets what browsers must enforce, and turns a reader that fails into a page which says so.
/// A page is rendered as a whole before its first byte is sent.
/// </summary>
internal sealed partial class PageFilter(ILogger<PageFilter> logger) : IEndpointFilter
{
    // Pages run no inline script or style and load nothing from elsewhere: an injected title can do nothing.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        try
        {
            object? result = await next(context);
            if (result is PageResult page) await page.RenderAsync(http.RequestServices);
            return result;
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            LogFailure(logger, failure, http.Request.Path, http.TraceIdentifier);
            headers.RetryAfter = "5";
            PageResult busy = Notices.Busy(http.TraceIdentifier);
            await busy.RenderAsync(http.RequestServices);
            return busy;
        }
    }

    [LoggerMessage(7000, LogLevel.Error, "Page {Path} failed; the visitor sees trace {Trace}")]
    private static partial void LogFailure(ILogger logger, Exception failure, string path, string trace);
}
