using System.Text;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChainSpace.Tests.Client;

/// <summary>A real server on a free port that answers request after request as told, the last answer for ever.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    /// <summary>A message was taken.</summary>
    public const string Taken =
        """{"id":"0x0909090909090909090909090909090909090909090909090909090909090909","index":"12","moment":"1793404800000"}""";

    private readonly WebApplication _application;
    private readonly List<Request> _requests = [];

    private ScriptedNode(WebApplication application) => _application = application;

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public static async Task<ScriptedNode> StartAsync(params RequestDelegate[] script)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        ScriptedNode node = new(builder.Build());
        node._application.Run(context => node.AnswerAsync(context, script));
        await node._application.StartAsync();
        return node;
    }

    public ChainSpaceClient Client(TimeProvider? time = null, int tries = 4)
    {
        RetryPolicy policy = new() { Tries = tries, FirstDelay = TimeSpan.FromMilliseconds(1) };
        HttpClient http = new() { BaseAddress = new Uri(_application.Urls.Single() + "/") };
        return new ChainSpaceClient(http, policy, time);
    }

    public static RequestDelegate Json(string body, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate Busy(int status, string? retryAfter = null) => context =>
    {
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        string problem = $$"""{"type":"about:blank","title":"Busy","status":{{status}},"code":"busy","detail":"Later."}""";
        return Json(problem, status)(context);
    };

    /// <summary>Takes the request and hangs up in the middle of the answer.</summary>
    public static RequestDelegate Cut(string part = "") => async context =>
    {
        if (part.Length > 0)
        {
            await context.Response.WriteAsync(part);
            await context.Response.Body.FlushAsync();
            // Hanging up also throws away what the other side has not read yet.
            await Task.Delay(200);
        }

        context.Abort();
    };

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, RequestDelegate[] script)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        int number;
        lock (_requests)
        {
            number = _requests.Count;
            string path = context.Request.Path + context.Request.QueryString;
            _requests.Add(new Request(path, body, context.Request.ContentType, context.Request.Headers["Last-Event-ID"]));
        }

        await script[Math.Min(number, script.Length - 1)](context);
    }

    public sealed record Request(string Path, string Body, string? ContentType, string? LastEventId);
}
