using System.Collections.Concurrent;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using Json.Schema;

namespace ChainSpace.Node.Intake;

/// <summary>
/// Whether a sealed vote brings the answer that its poll wants, in the voter's own words or none at all. Thread-safe.
/// </summary>
/// <param name="find">Looks a poll up; null where it is not shown yet.</param>
public sealed class AnswerContents(Func<TaskId, PollView?> find)
{
    private const int PollsRemembered = 65_536;

    private readonly ConcurrentDictionary<TaskId, Wanted> polls = [];

    /// <summary>What is wrong with what a sealed vote brings; null where that is what its poll wants.</summary>
    public string? Fault(SealedVote vote, Opening opening, ReadOnlySpan<byte> attachment)
    {
        Wanted? wanted = WantedBy(vote.Poll);
        if (attachment.IsEmpty) return wanted?.Kind is { } kind ? $"this poll wants a {kind} as attachment" : null;
        if (SaltedContent.HashOf(attachment) != opening.Salt) return "the opening's salt is not the attachment's hash";
        if (!OpenAnswer.TryRead(attachment, out OpenAnswer? answer)) return "the attachment is no answer";
        if (answer.Code != opening.Choice) return "the attachment is another answer than the vote's";
        if (wanted is null) return null;
        if (answer.Kind != wanted.Kind) return wanted.Kind is { } other ? $"this poll wants a {other}" : "this poll has options";
        return wanted.Schema is { } schema && !Fits(schema, attachment) ? "the answer does not fit the poll's schema" : null;
    }

    private static bool Fits(JsonSchema schema, ReadOnlySpan<byte> attachment)
    {
        using JsonDocument json = JsonDocument.Parse(attachment[SaltedContent.SaltSize..].ToArray());
        return AnswerSchema.Fits(schema, json.RootElement.GetProperty("json"));
    }

    private Wanted? WantedBy(TaskId poll)
    {
        if (polls.TryGetValue(poll, out Wanted? known)) return known;
        if (find(poll) is not { } view) return null;
        if (polls.Count >= PollsRemembered) polls.Clear();
        string? kind = ResponseFormat.TryRead(view.Format, (uint)view.Options) is OpenFormat open ? open.Kind : null;
        JsonSchema? schema = view.Content?.Schema is { } json ? AnswerSchema.TryRead(json) : null;
        return polls.GetOrAdd(poll, new Wanted(kind, schema));
    }

    private sealed record Wanted(string? Kind, JsonSchema? Schema);
}
