using System.Globalization;
using System.Net;
using System.Text.Json;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;

namespace ChainSpace.Client.Http;

/// <summary>A whole answer of the node.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    private const string NoCode = "unknown";

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The refusal in an RFC 9457 problem; something in between may have answered in another form.</summary>
    public Sent.Refused Problem()
    {
        WireAnswer? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(Body, WireJson.Default.WireAnswer);
        }
        catch (JsonException)
        {
            // A page of a proxy; the status says what there is to say.
        }

        return new Sent.Refused((int)Status, problem?.Code ?? NoCode, problem?.Detail ?? "");
    }

    /// <summary>One result, from a body of its own or one line of a batch.</summary>
    /// <exception cref="JsonException">Not the form that spec/api.md gives.</exception>
    public static Sent Read(ReadOnlySpan<byte> json)
    {
        WireAnswer answer = JsonSerializer.Deserialize(json, WireJson.Default.WireAnswer) ?? throw new JsonException();
        if (answer.Status is { } status) return new Sent.Refused(status, answer.Code ?? NoCode, answer.Detail ?? "");

        bool isRead = Bytes32.TryParse(answer.Id, out Bytes32 id)
            & TryRead(answer.Index, out long index)
            & TryRead(answer.Moment, out long moment);
        if (!isRead) throw new JsonException("The answer to a message needs id, index and moment.");
        return new Sent.Accepted(new MessageId(id), new EntryIndex(index), new Moment(moment));
    }

    private static bool TryRead(string? text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
