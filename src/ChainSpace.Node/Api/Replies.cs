using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Api;

/// <summary>Writes replies as JSON, without a detour: one for each message there is.</summary>
internal static class Replies
{
    private const int EnteredSize = 160;

    public static void Write(IBufferWriter<byte> target, Reply reply, Currency currency)
    {
        if (reply is Reply.Entered entered) Write(target, entered.Verdict);
        else Write(target, Problems.Of(((Reply.Rejected)reply).Rejection, currency));
    }

    public static void WriteArray(IBufferWriter<byte> target, IReadOnlyList<Reply> replies, Currency currency)
    {
        target.Write("["u8);
        for (int i = 0; i < replies.Count; i++)
        {
            if (i > 0) target.Write(","u8);
            Write(target, replies[i], currency);
        }

        target.Write("]"u8);
    }

    public static void WriteLines(IBufferWriter<byte> target, IReadOnlyList<Reply> replies, Currency currency)
    {
        foreach (Reply reply in replies)
        {
            Write(target, reply, currency);
            target.Write("\n"u8);
        }
    }

    private static void Write(IBufferWriter<byte> target, Verdict.Entered entered)
    {
        Span<byte> span = target.GetSpan(EnteredSize);
        Span<byte> id = stackalloc byte[Bytes32.Size];
        entered.Id.Value.CopyTo(id);
        "{\"id\":\""u8.CopyTo(span);
        int length = 7 + Hex.Encode(id, span[7..]);
        length += Member(span[length..], "\",\"index\":\""u8, entered.Index.Value);
        length += Member(span[length..], "\",\"moment\":\""u8, entered.Moment.Milliseconds);
        "\"}"u8.CopyTo(span[length..]);
        target.Advance(length + 2);
    }

    private static int Member(Span<byte> span, ReadOnlySpan<byte> before, long value)
    {
        before.CopyTo(span);
        Utf8Formatter.TryFormat(value, span[before.Length..], out int written);
        return before.Length + written;
    }

    private static void Write(IBufferWriter<byte> target, Refused refused)
    {
        using Utf8JsonWriter writer = new(target);
        writer.WriteStartObject();
        writer.WriteNumber("status"u8, refused.Status);
        writer.WriteString("code"u8, refused.Code);
        writer.WriteString("detail"u8, refused.Detail);
        writer.WriteEndObject();
    }
}
