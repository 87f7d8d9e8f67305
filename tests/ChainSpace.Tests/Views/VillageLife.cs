using System.Buffers.Binary;
using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Tests.Views;

/// <summary>What people in a village do, as a seed has it; some of it is refused, as in life.</summary>
internal sealed class VillageLife(Village village, int seed)
{
#pragma warning disable CA5394 // Told again from its seed.
    private readonly Random chance = new(seed);

    public static Village Tell(int seed, int acts)
    {
        Village village = new();
        VillageLife life = new(village, seed);
        for (int person = 1; person < 6; person++) village.Register(person);
        for (int act = 0; act < acts; act++) life.Act();
        return village;
    }

    /// <summary>A village on a chain, in which money comes in, is locked for early anchors, earned and given back.</summary>
    public static Village TellOnChain(int seed, int acts)
    {
        Village village = new(isOnChain: true);
        VillageLife life = new(village, seed);
        for (int person = 1; person < 6; person++) village.Register(person);
        for (int act = 0; act < acts; act++)
        {
            if (life.Roll(2) == 0) life.Act();
            else life.Pay(life.Roll(Village.People));
        }

        return village;
    }

    private void Pay(int person)
    {
        AccountId account = village.Person(person);
        Amount received = village.State.FindAccount(account)?.Balance.Received ?? Amount.Zero;
        Header operatorHeader = village.HeaderOf(0);
        village.Say(Roll(5) switch
        {
            0 => new ReportDeposit(operatorHeader, account, received + new Amount((uint)Roll(90)))
            {
                Height = 1,
                Transaction = default,
            },
            1 => new Withdraw(village.HeaderOf(person), new Amount((uint)Roll(20))),
            2 => new ReportAnchor(operatorHeader, (ulong)(village.State.Size - Roll(6)), default, default)
            {
                Height = 1,
                Transaction = default,
            },
            _ => new Expedite(village.HeaderOf(person), new Amount((uint)Roll(60)), village.Later(Roll(300_000))),
        });
    }

    private void Act()
    {
        switch (Roll(20))
        {
            case 0 or 1:
                village.Register(Roll(Village.People), Roll(2) == 0 ? "" : "country=DE");
                break;
            case 2:
                village.Say(new Credit(village.HeaderOf(0), village.Person(Roll(Village.People)), new Amount((uint)Roll(50))));
                break;
            case 3 or 4 or 5:
                Post();
                break;
            case 6:
                village.Say(new ReportBlock(
                    village.HeaderOf(0), village.State.Height + 1, (ulong)village.State.Size, village.Journal.Root));
                break;
            case 7:
                Delegate(Roll(Village.People));
                break;
            case 8 when Pick() is { } poll:
                village.Say(End(poll));
                break;
            case 9 or 10:
                Open();
                break;
            case 11:
                village.Now = village.Later(Roll(20) == 0 ? Limits.RetentionMilliseconds / 2 : Roll(200_000));
                break;
            default:
                if (Pick() is { } question) Vote(question, Roll(Village.People));
                break;
        }
    }

    private int Roll(int sides) => chance.Next(sides);

    private Poll? Pick()
    {
        Poll[] polls = [.. village.State.Polls.Where(static each => each.Stage is not Stage.Ended)
            .OrderBy(static each => each.Terms.Posted)];
        return polls.Length == 0 ? null : polls[Roll(polls.Length)];
    }

    private void Post()
    {
        bool isDrawn = Roll(4) == 0;
        village.Say(village.Draft(Roll(6)) with
        {
            Voters = Roll(6) == 0 ? "country=DE" : "open",
            Payout = Roll(3) switch { 0 => "majority", 1 => "lottery", _ => "equal" },
            Voting = Roll(2) == 0 ? "sealed" : "open",
            Confidence = Roll(2) == 0 ? 9_000u : 0u,
            Maximum = (uint)(Roll(8) + 1),
            Sample = isDrawn ? 8u : 0u,
            Height = isDrawn ? village.State.Height + 3 : 0,
            Category = Roll(2) == 0 ? "maths" : "law",
        });
    }

    private Message End(Poll poll)
    {
        Header requester = village.HeaderOf(village.NumberOf(poll.Terms.Requester.Id));
        return Roll(3) switch
        {
            0 => new CancelPoll(requester, poll.Terms.Id),
            1 => new EraseContent(requester, poll.Terms.Id),
            _ => new ClosePoll(requester, poll.Terms.Id),
        };
    }

    private void Delegate(int person) => village.Say(new DelegateMessage(village.HeaderOf(person))
    {
        Audience = "http://localhost",
        Key = [.. village.Session.PublicKey.Span],
        MaximumSpend = new Amount(30),
        Scopes = "post,vote",
        Until = village.Later(3_600_000),
    });

    private void Vote(Poll poll, int person)
    {
        TaskId id = poll.Terms.Id;
        bool bySession = village.State.FindAccount(village.Person(person))?.Sessions.Count > 0 && Roll(2) == 0;
        Opening opening = OpeningOf(person);
        Bytes32 commitment = village.Domain.Commitment(id, village.Person(person), opening);
        Header header = village.HeaderOf(person);
        village.Say(
            poll.Terms.IsSealed
                ? new SealedVote(header, id, commitment, [.. new byte[SealedVote.OpeningSize]])
                : new Vote(header, id, opening.Choice),
            bySession);
    }

    // The operator opens the next few votes and cannot read some; those who cast these may open them.
    private void Open()
    {
        if (village.State.Polls.Where(static each => each.Stage is Stage.Opening).MinBy(static each => each.Terms.Posted)
            is not { Stage: Stage.Opening stage } poll) return;

        ImmutableArray<byte>.Builder packed = ImmutableArray.CreateBuilder<byte>();
        ReadOnlySpan<Ballot> ballots = poll.Ballots.Ballots;
        int person = village.NumberOf(ballots[Roll(ballots.Length)].Voter.Id);
        foreach (Ballot ballot in ballots[stage.Next..]) packed.AddRange(Pack(village.NumberOf(ballot.Voter.Id)));
        if (packed.Count > 0)
            village.Say(new Openings(village.HeaderOf(0), poll.Terms.Id, (uint)stage.Next, packed.ToImmutable()));
        Opening own = OpeningOf(person);
        village.Say(new OpenVote(village.HeaderOf(person), poll.Terms.Id, own.Choice, own.Salt));
    }

    private byte[] Pack(int person)
    {
        Opening opening = OpeningOf(person);
        byte[] packed = new byte[Openings.OpeningSize];
        BinaryPrimitives.WriteUInt32BigEndian(packed, Roll(5) == 0 ? Openings.Unreadable : opening.Choice);
        opening.Salt.CopyTo(packed.AsSpan(4));
        return packed;
    }

    // Person 11 names an option that no poll has.
    private Opening OpeningOf(int person) => new(person == 11 ? 50u : (uint)(person % 3), village.Person(person).Value);
#pragma warning restore CA5394
}
