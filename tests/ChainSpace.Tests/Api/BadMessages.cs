using System.Collections.Immutable;
using System.Numerics;
using System.Text;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.Api;

/// <summary>A message nobody may enter, and what the node must say to it.</summary>
/// <param name="Code">The stable code; its status is that of spec/refusals.md.</param>
/// <param name="Line">Makes the bytes to send.</param>
/// <param name="IsJson">False where no array could hold it.</param>
internal sealed record BadMessage(string Code, Func<Playground, byte[]> Line, bool IsJson = true);

/// <summary>The table: one row for each way in which a message can be wrong.</summary>
internal static class BadMessages
{
    private static readonly BigInteger OrderOfP256 = BigInteger.Parse(
        "115792089210356248762697446949407573529996955224135760342422259061068512044369",
        System.Globalization.CultureInfo.InvariantCulture);

    public static IReadOnlyDictionary<string, BadMessage> All { get; } = new Dictionary<string, BadMessage>(
        [.. Spelling, .. Content, .. Signatures, .. Guards, .. Posts, .. Votes]);

    private static Dictionary<string, BadMessage> Spelling => new()
    {
        ["half a line"] = new("malformed", static p => Line(p)[..^20], IsJson: false),
        ["no JSON"] = new("malformed", static _ => "vote for me"u8.ToArray(), IsJson: false),
        ["white space"] = Edited("not_canonical", static text => text.Replace(":", ": ", StringComparison.Ordinal)),
        ["members out of order"] = Edited("not_canonical", static text => Swapped(text, "choice", "expires")),
        ["an unknown member"] = Edited("not_canonical", static text => text.Replace(
            "\"nonce\"", "\"mood\":\"fine\",\"nonce\"", StringComparison.Ordinal)),
        ["a missing member"] = Edited("not_canonical", static text => text.Replace(
            "\"choice\":\"0\",", "", StringComparison.Ordinal)),
        ["a number that is none"] = Edited("not_canonical", static text => text.Replace(
            "\"choice\":\"0\"", "\"choice\":0", StringComparison.Ordinal)),
        ["a leading zero"] = Edited("not_canonical", static text => text.Replace(
            "\"choice\":\"0\"", "\"choice\":\"00\"", StringComparison.Ordinal)),
        ["upper case digits"] = Edited("not_canonical", static text => text.Replace("0x01", "0X01", StringComparison.Ordinal)),
        ["an empty object"] = new("not_canonical", static _ => "{}"u8.ToArray()),
        ["no signature"] = Edited(
            "not_canonical", static text => text[..text.IndexOf(",\"signature\"", StringComparison.Ordinal)] + "}"),
        ["a signature of three bytes"] = new(
            "not_canonical", static p => (Vote(p) with { Signature = [1, 2, 3] }).ToBytes()),
        ["an unknown type"] = Edited(
            "unknown_type", static text => text.Replace("\"Vote\"", "\"Veto\"", StringComparison.Ordinal)),
        ["a line beyond the limit"] = new("too_large", static p => Padded(Line(p), Envelope.SizeLimit + 1)),
    };

    private static Dictionary<string, BadMessage> Content => new()
    {
        ["another content"] = new("wrong_content", static p => Post(
            p, static post => post with { Attachment = [.. post.Attachment, 32] })),
        ["no content"] = new("wrong_content", static p => Post(p, static post => post with { Attachment = [] })),
        ["content of a vote"] = new("wrong_content", static p => (Vote(p) with { Attachment = [1, 2, 3] }).ToBytes()),
        ["fewer options than it says"] = new("wrong_content", static p => Terms(p, static post => post with { Options = 3 })),
        ["content that is no text"] = new("wrong_content", static p => Contents(p, [.. new byte[32], .. "{\"title\":7}"u8])),
        ["content that is null"] = new("wrong_content", static p => Contents(p, [.. new byte[32], .. "null"u8])),
        ["an opening nobody can read"] = new("unreadable_opening", static p => p.Voter.Sign(header => new SealedVote(
            header, p.Poll("sealed"), default, [.. p.Voter.VoteSealed(p.Poll("sealed"), 0).Message.Message is SealedVote vote
                ? vote.Opening : []])).ToBytes()),
        ["an opening of noise"] = new("unreadable_opening", static p => p.Voter.Sign(header => new SealedVote(
            header, p.Poll("sealed"), default, [.. new byte[SealedVote.OpeningSize]])).ToBytes()),
    };

    private static Dictionary<string, BadMessage> Signatures => new()
    {
        ["forged"] = new("forged", static p => Signed(p, static signature => [.. signature[..^1], (byte)(signature[^1] ^ 1)])),
        ["signed by another"] = new("forged", static p => (Vote(p) with
        {
            Signature = p.Requester.Sign(
            static header => new Tick(header)).Signature
        }).ToBytes()),
        ["signed for another space"] = new("forged", static p => p.Elsewhere.VoteOpenly(p.Poll("open"), 0).ToBytes()),
        ["zeros for a signature"] = new("forged", static p => Signed(p, static _ => [.. new byte[64]])),
        ["high s"] = new("high_s", static p => Signed(p, static signature =>
            [.. signature[..32], .. (OrderOfP256 - new BigInteger(signature.AsSpan(32), true, true)).ToByteArray(true, true)])),
        ["a wallet's length"] = new("wrong_signature_length", static p => Signed(p, static signature => [.. signature, 27])),
        ["a key's length"] = new("wrong_signature_length", static p => Cut(p.Stranger.Register(""))),
        ["a key never shown"] = new("unknown_key", static p => p.Unknown.VoteOpenly(p.Poll("open"), 0).ToBytes()),
    };

    private static Dictionary<string, BadMessage> Guards => new()
    {
        ["expired"] = new("stale", static p => Expiring(p, TimeSpan.FromMinutes(-1))),
        ["expires too late"] = new("expires_too_late", static p => Expiring(p, TimeSpan.FromHours(25))),
        ["a nonce used before"] = new("nonce_used", static p => p.Voter.Sign(header => new Vote(
            header with { Nonce = p.Entered.Message.Message.Header.Nonce }, p.Poll("open"), 0)).ToBytes()),
        ["not registered"] = new("not_registered", static p => p.Stranger.VoteOpenly(p.Poll("open"), 0).ToBytes()),
        ["no session of the account"] = new("not_delegated", static p => p.Ended.VoteOpenly(p.Poll("open"), 0).ToBytes()),
        ["a session without the right"] = new("out_of_scope", static p => p.Session.Close(p.Poll("open")).ToBytes()),
        ["a session beyond its limit"] = new("over_spending_limit", static p => p.Spender.Post(Playground.Draft()).ToBytes()),
        ["a second first entry"] = new("wrong_genesis", static p => p.Voter.Sign(header =>
            p.Space.Genesis with { Header = header }).ToBytes()),
        ["a credit by a user"] = Operators(static (header, p) => new Credit(header, p.Voter.Account, new Amount(1))),
        ["a tick by a user"] = Operators(static (header, _) => new Tick(header)),
        ["a block by a user"] = Operators(static (header, _) => new ReportBlock(header, 1, 1, default)),
        ["openings by a user"] = Operators(static (header, p) => new Openings(header, p.Poll("sealed"), 0, [])),
        ["a conclusion by a user"] = Operators(static (header, p) => new Conclude(header, p.Poll("sealed"), 0)),
    };

    private static Dictionary<string, BadMessage> Posts => new()
    {
        ["over balance"] = new("over_balance", static p => Draft(p, static d => d with { Reward = new Amount(100_000_000_000) })),
        ["an unknown payout"] = new("invalid_term", static p => Draft(p, static d => d with { Payout = "mine" })),
        ["a deadline gone by"] = new("invalid_term", static p => Draft(p, static d => d with { Deadline = new Moment(1) })),
        ["a reward of nothing"] = new("invalid_term", static p => Draft(p, static d => d with { Reward = Amount.Zero })),
        ["a category that is none"] = new("invalid_term", static p => Draft(p, static d => d with { Category = "A b" })),
        ["attributes that are none"] = new("invalid_term", static p => p.Voter.Register("country").ToBytes()),
        ["another's key"] = new("wrong_key", static p => p.Voter.Sign(static header => new Register(
            header, [.. Enumerable.Repeat((byte)7, 64)], "")).ToBytes()),
        ["another's poll"] = new("requester_only", static p => p.Voter.Close(p.Poll("open")).ToBytes()),
        ["another's text"] = new("requester_only", static p => p.Voter.Erase(p.Poll("open")).ToBytes()),
        ["taken back after a vote"] = new("has_votes", static p => p.Requester.Cancel(p.Poll("voted")).ToBytes()),
        ["closed twice"] = new("poll_closed", static p => p.Requester.Close(p.Poll("closed")).ToBytes()),
    };

    private static Dictionary<string, BadMessage> Votes => new()
    {
        ["no such poll"] = Cast("unknown_poll", static p => p.Voter.VoteOpenly(new TaskId(p.Voter.Account.Value), 0)),
        ["a closed poll"] = Cast("poll_closed", static p => p.Voter.VoteOpenly(p.Poll("closed"), 0)),
        ["the own poll"] = Cast("not_eligible", static p => p.Requester.VoteOpenly(p.Poll("open"), 0)),
        ["not named"] = Cast("not_eligible", static p => p.Voter.VoteOpenly(p.Poll("named"), 0)),
        ["an unmet clause"] = Cast("not_eligible", static p => p.Voter.VoteOpenly(p.Poll("filter"), 0)),
        ["not drawn"] = Cast("not_eligible", static p => p.Voter.VoteOpenly(p.Poll("drawn"), 0)),
        ["a second vote"] = Cast("already_voted", static p => p.Voter.VoteOpenly(p.Poll("voted"), 0)),
        ["an option too many"] = Cast("no_such_answer", static p => p.Voter.VoteOpenly(p.Poll("open"), 2)),
        ["openly on a sealed poll"] = Cast("wrong_voting", static p => p.Voter.VoteOpenly(p.Poll("sealed"), 0)),
        ["sealed on an open poll"] = Cast("wrong_voting", static p => p.Voter.VoteSealed(p.Poll("open"), 0).Message),
        ["opened before the end"] = Cast("not_opening", static p => p.Voter.Sign(header =>
            new OpenVote(header, p.Poll("sealed"), 0, default))),
    };

    private static BadMessage Cast(string code, Func<Playground, Envelope> vote) => new(code, p => vote(p).ToBytes());

    private static BadMessage Operators(Func<Header, Playground, Message> say) =>
        new("operator_only", p => p.Voter.Sign(header => say(header, p)).ToBytes());

    private static BadMessage Edited(string code, Func<string, string> edit) => new(code, p =>
    {
        string text = Encoding.UTF8.GetString(Line(p)), edited = edit(text);
        Assert.NotEqual(text, edited);
        return Encoding.UTF8.GetBytes(edited);
    });

    private static Envelope Vote(Playground place) => place.Voter.VoteOpenly(place.Poll("open"), 0);

    private static byte[] Line(Playground place) => Vote(place).ToBytes();

    private static byte[] Signed(Playground place, Func<byte[], byte[]> change)
    {
        Envelope vote = Vote(place);
        return (vote with { Signature = [.. change([.. vote.Signature])] }).ToBytes();
    }

    private static byte[] Cut(Envelope message) => (message with { Signature = message.Signature[..64] }).ToBytes();

    private static byte[] Expiring(Playground place, TimeSpan ahead)
    {
        Moment expires = new(TimeProvider.System.GetUtcNow().Add(ahead).ToUnixTimeMilliseconds());
        return place.Voter.Sign(header => new Vote(header with { Expires = expires }, place.Poll("open"), 0)).ToBytes();
    }

    private static byte[] Draft(Playground place, Func<PollDraft, PollDraft> change) =>
        place.Requester.Post(change(Playground.Draft())).ToBytes();

    private static byte[] Post(Playground place, Func<Envelope, Envelope> change) =>
        change(place.Requester.Post(Playground.Draft())).ToBytes();

    private static byte[] Terms(Playground place, Func<PostPoll, PostPoll> change)
    {
        ImmutableArray<byte> attachment = Playground.Draft().Attachment(default);
        Envelope post = place.Requester.Sign(header => change(Playground.Draft().ToMessage(header, attachment)));
        return (post with { Attachment = attachment }).ToBytes();
    }

    private static byte[] Contents(Playground place, ImmutableArray<byte> attachment)
    {
        Envelope post = place.Requester.Sign(header => Playground.Draft().ToMessage(header, attachment));
        return (post with { Attachment = attachment }).ToBytes();
    }

    private static string Swapped(string text, string first, string second)
    {
        string one = Member(text, first), other = Member(text, second);
        return text.Replace($"{one},{other}", $"{other},{one}", StringComparison.Ordinal);
    }

    private static string Member(string text, string name)
    {
        int from = text.IndexOf($"\"{name}\":\"", StringComparison.Ordinal);
        return text[from..(text.IndexOf('"', from + name.Length + 4) + 1)];
    }

    private static byte[] Padded(byte[] line, int length) =>
        [line[0], .. Enumerable.Repeat((byte)' ', length - line.Length), .. line[1..]];
}
