using System.IO.Pipelines;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol.Messages;
using Microsoft.AspNetCore.Http.Features;

namespace ChainSpace.Node.Api;

/// <summary>The one write endpoint: a message, an array of messages, or a stream of lines.</summary>
internal static class MessagesApi
{
    public const string Route = "/v1/spaces/{space}/messages";

    private const int ArrayLimit = 16 << 20;
    private const long StreamLimit = 1L << 30;
    private const int LinesAtOnce = 1_024;
    private const int PatienceMilliseconds = 2;

    public static void MapMessages(this IEndpointRouteBuilder routes) => routes
        .MapPost(Route, (RequestDelegate)PostAsync).WithMetadata(new EndpointNameMetadata("PostMessages"));

    // A bare RequestDelegate: this is the hot path, and the body is read as bytes. OpenApiDocument describes it.
    private static Task PostAsync(HttpContext context)
    {
        SpaceDirectory spaces = context.RequestServices.GetRequiredService<SpaceDirectory>();
        if (spaces.Find((string)context.Request.RouteValues["space"]!) is not { } space)
            return Problems.UnknownSpace.ExecuteAsync(context);
        string type = context.Request.ContentType ?? "";
        if (Is(type, "application/x-ndjson")) return StreamAsync(context, space);
        if (Is(type, "application/json")) return BodyAsync(context, space);
        return Problems.Result(new Refused(415, "wrong_media_type", "Send application/json or application/x-ndjson."))
            .ExecuteAsync(context);
    }

    // Parameters such as a character set may follow; they change nothing.
    private static bool Is(string type, string expected) => type.StartsWith(expected, StringComparison.OrdinalIgnoreCase)
        && (type.Length == expected.Length || type[expected.Length] is ';' or ' ');

    private static async Task BodyAsync(HttpContext context, SpaceHost space)
    {
        if (context.Request.ContentLength > ArrayLimit)
        {
            await RefuseArrayAsync(context, $"{ArrayLimit} bytes");
            return;
        }

        using BodyBuffer body = await BodyBuffer.ReadAsync(context.Request, ArrayLimit);
        if (body.IsTooLarge)
        {
            await RefuseArrayAsync(context, $"{ArrayLimit} bytes");
            return;
        }

        if (body.IsArray) await ArrayAsync(context, space, body.Bytes);
        else await SingleAsync(context, space, body.Bytes);
    }

    private static async Task SingleAsync(HttpContext context, SpaceHost space, ReadOnlyMemory<byte> line)
    {
        Reply reply = await space.Intake.OneAsync(line);
        if (reply is Reply.Rejected { Rejection: var rejection })
        {
            Refused refused = Problems.Of(rejection, space.Currency);
            if (refused.Status is 429 or 503) context.Response.Headers.RetryAfter = "1";
            await Problems.Result(refused).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/json";
        Replies.Write(context.Response.BodyWriter, reply, space.Currency);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static async Task ArrayAsync(HttpContext context, SpaceHost space, ReadOnlyMemory<byte> body)
    {
        if (JsonArray.Split(body) is not { } lines)
        {
            Rejection malformed = new Rejection.Wire(new WireFault.Malformed());
            await Problems.Result(Problems.Of(malformed, space.Currency)).ExecuteAsync(context);
            return;
        }

        if (lines.Count > JsonArray.ElementLimit)
        {
            await RefuseArrayAsync(context, $"{JsonArray.ElementLimit} messages");
            return;
        }

        Reply[] replies = await space.Intake.ManyAsync(lines);
        context.Response.ContentType = "application/json";
        Replies.WriteArray(context.Response.BodyWriter, replies, space.Currency);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task RefuseArrayAsync(HttpContext context, string limit) => Problems
        .Result(new Refused(413, "too_large", $"An array has at most {limit}; send a stream of lines instead."))
        .ExecuteAsync(context);

    // Reads lines, replies to lines; memory stays that of one window, however long the stream.
    private static async Task StreamAsync(HttpContext context, SpaceHost space)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = StreamLimit;
        context.Response.ContentType = "application/x-ndjson";
        PipeReader reader = context.Request.BodyReader;
        LineSplitter splitter = new();
        List<ReadOnlyMemory<byte>> lines = new(LinesAtOnce);
        bool isEnd = false;
        while (!isEnd)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            (SequencePosition consumed, isEnd) = splitter.Take(read, lines, LinesAtOnce);
            reader.AdvanceTo(consumed, isEnd ? read.Buffer.End : LineSplitter.Examined(read, consumed));
            if (lines.Count == 0 || (!isEnd && lines.Count < LinesAtOnce && await HasMoreAsync(reader))) continue;
            Replies.WriteLines(context.Response.BodyWriter, await space.Intake.ManyAsync(lines), space.Currency);
            lines.Clear();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
    }

    // A stream arrives in pieces of some dozen lines; large windows cost less per line, so a moment's patience pays.
    private static async Task<bool> HasMoreAsync(PipeReader reader)
    {
        if (!reader.TryRead(out ReadResult read))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(PatienceMilliseconds), TimeProvider.System);
            if (!reader.TryRead(out read)) return false;
        }

        reader.AdvanceTo(read.Buffer.Start);
        return true;
    }
}
