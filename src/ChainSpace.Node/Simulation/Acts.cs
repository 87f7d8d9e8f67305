using ChainSpace.Node.Simulation.Planted;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Simulation;

/// <summary>What people send, in good faith and bad.</summary>
internal sealed class Acts(Scene scene)
{
    private static readonly Domain _elsewhere = new(new SpaceId(new Chance(1).Bytes()));

    private Chance Chance => scene.Chance;

    /// <summary>Up to six new messages, now and then one of them twice in the batch.</summary>
    public List<Letter> Batch()
    {
        List<Letter> letters = [];
        for (int left = 1 + Chance.Below(6); left > 0; left--) letters.Add(scene.Post(scene.Town.Something()));
        if (Chance.OneIn(12)) letters.Add(Chance.Pick(letters));
        return letters;
    }

    public void Fresh() => scene.Send(Batch());

    /// <summary>Messages of late once more, as impatient clients do, some of them signed anew.</summary>
    public void Repeat()
    {
        if (scene.Archive.Count == 0) return;
        List<Letter> letters = [];
        for (int left = 1 + Chance.Below(4); left > 0; left--) letters.Add(Chance.Pick(scene.Archive));
        if (scene.Machine.Sabotage == Sabotage.ForgetNonces)
        {
            letters.RemoveAll(static letter => letter.Message is not (Register or Credit));
            Backdoor.ForgetNonces(scene.Machine.State.Nonces, new Moment(long.MaxValue));
        }

        foreach (Letter letter in letters.Where(_ => Chance.OneIn(3)))
        {
            if (scene.Crowd.Find(letter.Envelope.Signer)?.Signer is P256Signer signer)
                letter.Resigned ??= letter.Envelope with { Signature = [.. signer.Sign(letter.Id.Value)] };
        }

        scene.Send(letters);
    }

    /// <summary>Messages that build on each other, in any order: some come too early and are sent again.</summary>
    public void Reordered()
    {
        Letter arrival = scene.Post(scene.Town.Arrive());
        Actor newcomer = scene.Crowd.Find(arrival.Message.Header.Account)!;
        Letter poll = scene.Post(scene.Town.Post(newcomer, static draft => draft with
        {
            Sample = 0,
            Named = [],
            Voters = "open",
            Height = 0,
        }));
        KnownPoll known = new(new TaskId(poll.Id.Value), (PostPoll)poll.Message);
        List<Letter> letters = [arrival, poll];
        for (int votes = Chance.Below(4); votes > 0 && scene.Town.Citizens.Count > 0; votes--)
            letters.Add(scene.Post(scene.Town.VoteOn(known, scene.Town.Anybody())));
        Chance.Shuffle(letters);
        scene.Send(letters);
        scene.Send(letters);
    }

    public void Expired()
    {
        if (scene.Town.Citizens.Count == 0 || scene.Book.Live.Count == 0) return;
        Actor actor = scene.Town.Anybody();
        Header header = scene.Scribe.HeaderOf(actor, Chance.OneIn(3) ? 48L * 60 * 60 * 1000 : -Chance.Between(1, 100_000));
        Vote vote = new(header, Chance.Pick(scene.Book.Live).Id, 0);
        scene.Send(scene.Post(scene.Scribe.Sign(vote, actor.Signer) with { Choice = 0 }));
    }

    public void OverBalance()
    {
        if (scene.Town.Citizens.Count == 0) return;
        Amount tooMuch = new(10_000_000);
        scene.Send(scene.Post(scene.Town.Post(scene.Town.Anybody(), draft => draft with { Reward = tooMuch })));
    }

    /// <summary>A vote on a poll that is over.</summary>
    public void Late()
    {
        if (scene.Book.Over.Count == 0) return;
        scene.Send(scene.Post(scene.Town.VoteOn(Chance.Pick(scene.Book.Over), scene.Town.Anybody())));
    }

    /// <summary>A message its author did not sign, or not for this space, or not so.</summary>
    public void Forged()
    {
        if (scene.Town.Citizens.Count < 2) return;
        Letter victim = scene.Town.Something();
        Actor thief = scene.Town.Anybody();
        if (victim.IsOpaque || thief.Account == victim.Message.Header.Account) return;
        switch (Chance.Below(4))
        {
            case 0:
                byte[] line = victim.Envelope.ToBytes();
                line[Chance.Below(line.Length)] ^= (byte)(1 << Chance.Below(8));
                scene.SendForged(line);
                break;
            case 1:
                Letter abroad = scene.Scribe.Sign(victim.Message, OwnSigner(victim), victim.Envelope.Attachment, _elsewhere);
                scene.SendForged(abroad.Envelope.ToBytes());
                break;
            case 2:
                Letter stolen = scene.Scribe.Sign(victim.Message, thief.Signer, victim.Envelope.Attachment);
                scene.SendForged((stolen.Envelope with { Signer = victim.Message.Header.Account }).ToBytes());
                break;
            default:
                // A good signature by somebody who has no right to speak for the account.
                Letter impostor = scene.Scribe.Sign(victim.Message, thief.Signer, victim.Envelope.Attachment);
                scene.SendForged(impostor.Envelope.ToBytes());
                break;
        }
    }

    private Signer OwnSigner(Letter letter) =>
        scene.Crowd.Find(letter.Message.Header.Account)?.Signer ?? scene.Machine.Keys.Operator;
}
