using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Commands;

/// <summary>Posts polls of which the requester knows the answer; its opening is on disk before the poll is sent.</summary>
internal static class KnownAnswer
{
    /// <summary>The poll, with the answer if one is known.</summary>
    public static Envelope Post(Author author, PollDraft draft, string? answer)
    {
        if (answer is null) return author.Post(draft);
        uint choice = Read(draft, answer) ?? throw new Complaint(
            $"'{answer}' is no known answer of this poll; take {Hint(draft)}.");
        GoldPost gold = author.PostGold(draft, choice);
        OpeningFolder.Gold.Keep(
            author.IdOf(gold.Message).ToString(), new OpeningLine(draft.Title, answer, choice, gold.Opening.Salt.ToString()));
        return gold.Message;
    }

    /// <summary>
    /// An item of a file, with the batch's description where it has none of its own; where the file has a column for known
    /// answers, all items look as if one was known.
    /// </summary>
    public static Envelope Post(Author author, PollDraft terms, BatchLine line)
    {
        string description = line.Description.Length > 0 ? line.Description : terms.Description;
        PollDraft draft = terms with { Title = line.Title, Description = description };
        return line.Gold switch
        {
            null => author.Post(draft),
            "" => author.Post(draft.LikeGold()),
            _ => Post(author, draft, line.Gold),
        };
    }

    /// <summary>Complains of an answer that is none before anything is posted.</summary>
    public static void Check(PollDraft terms, IReadOnlyList<BatchLine> lines)
    {
        if (lines.FirstOrDefault(line => line.Gold is { Length: > 0 } gold && Read(terms, gold) is null) is { } wrong)
            throw new Complaint($"'{wrong.Gold}' in line {wrong.Line} is no known answer of these items; take {Hint(terms)}.");
    }

    /// <summary>Sends a poll; the answer of one that was refused is forgotten.</summary>
    public static async Task<Sent.Accepted> SendAsync(SignedVisit visit, Envelope message, CancellationToken cancellationToken)
    {
        bool isRefused = false;
        try
        {
            return await visit.SendAsMemberAsync(
                async session =>
                {
                    isRefused = false;
                    Sent sent = await session.SendAsync(message, cancellationToken);
                    isRefused = sent is Sent.Refused;
                    return sent;
                },
                cancellationToken);
        }
        finally
        {
            // An answer that was lost leaves it open whether the poll stands in the journal; then the opening is kept.
            if (isRefused) Forget(visit.Session.Author, [message]);
        }
    }

    public static void Forget(Author author, IEnumerable<Envelope> refused)
    {
        foreach (Envelope message in refused) OpeningFolder.Gold.Forget(author.IdOf(message).ToString());
    }

    private static uint? Read(PollDraft draft, string answer) => AnswerWords.Read(draft.Format, draft.Options, answer);

    private static string Hint(PollDraft draft) => draft.Options.IsEmpty
        ? "a format with options, one of which is the answer"
        : $"one of {string.Join(", ", draft.Options.Select(Screen.Printable))} (formats single, yes-no, ordinal, opinion)";
}
