using System.Collections.Immutable;
using ChainSpace.Journal;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Sequencing;

/// <summary>
/// What the operator owes the space: to say when sealed votes have reached a poll's confidence, and to open them when
/// voting has ended. It alone knows the openings; what it says is proved by them later. Owned by the writer; everything
/// in it can be read again from the journal with the sealing key.
/// </summary>
public sealed class OperatorDesk(SpaceKeys keys, SpaceState state)
{
    private const int OpeningsAtOnce = 400;

    private readonly Dictionary<TaskId, SealedPoll> polls = [];
    private readonly Queue<Func<Header, Message>> duties = new();

    /// <summary>True while the operator owes a message.</summary>
    public bool HasDuties => duties.Count > 0;

    /// <summary>The next message the operator owes, once; null where there is none.</summary>
    public Func<Header, Message>? Next() => duties.TryDequeue(out Func<Header, Message>? duty) ? duty : null;

    /// <summary>Takes note of an entry that has just been folded in.</summary>
    public void See(Authentic entered, IReadOnlyList<Fact> facts)
    {
        if (entered.Envelope.Message is SealedVote vote) Take(vote.Poll, entered.Opening);
        foreach (Fact fact in facts)
        {
            if (fact is Fact.StageChanged { Stage: Stage.Opening } opening) Owe(opening.Poll, 0);
            if (fact is Fact.Ended ended) polls.Remove(ended.Poll);
        }
    }

    /// <summary>After a start: reads the sealed votes of live polls again and owes what was left undone.</summary>
    public void Restore(JournalStore journal)
    {
        foreach (Poll poll in state.Polls.OrderBy(static p => p.Terms.Posted))
        {
            if (!poll.Terms.IsSealed || poll.Ballots.Count == 0 || poll.Stage is Stage.Ended) continue;
            for (int number = 0; number < poll.Ballots.Count; number++) Restore(journal, poll, number);
            if (poll.Stage is Stage.Opening opening) Owe(poll.Terms.Id, opening.Next);
        }
    }

    private void Restore(JournalStore journal, Poll poll, int number)
    {
        ReadOnlyMemory<byte> leaf = journal.ReadEntry(poll.Ballots.Ballots[number].Index.Value);
        bool isRead = Entry.TryRead(leaf.Span, out Entry? entry, out _);
        Note(poll, number, isRead && entry!.Message is SealedVote vote ? keys.Read(vote) : null);
    }

    private void Take(TaskId id, Opening? opening)
    {
        Poll poll = state.FindPoll(id)!;
        if (poll.Ballots.Count > 0) Note(poll, poll.Ballots.Count - 1, opening);
    }

    private void Note(Poll poll, int number, Opening? opening)
    {
        TaskId id = poll.Terms.Id;
        if (!polls.TryGetValue(id, out SealedPoll? known)) polls.Add(id, known = new SealedPoll(poll.Terms, poll.Calibration));
        Weights weights = poll.Ballots.Ballots[number].Weights;
        if (!known.Add(opening, weights) || poll.Stage is not Stage.Voting) return;
        uint votes = (uint)poll.Ballots.Count;
        duties.Enqueue(header => new Conclude(header, id, votes));
    }

    private void Owe(TaskId id, int from)
    {
        IReadOnlyList<Opening?> openings = polls[id].Openings;
        for (int next = from; next < openings.Count; next += OpeningsAtOnce)
        {
            int first = next;
            ImmutableArray<byte> packed = Pack(openings, first);
            duties.Enqueue(header => new Openings(header, id, (uint)first, packed));
        }
    }

    private static ImmutableArray<byte> Pack(IReadOnlyList<Opening?> openings, int from)
    {
        int count = Math.Min(OpeningsAtOnce, openings.Count - from);
        byte[] packed = new byte[count * Openings.OpeningSize];
        for (int i = 0; i < count; i++) PackedOpening.Write(openings[from + i], packed.AsSpan(i * Openings.OpeningSize));
        return [.. packed];
    }

    /// <summary>One poll's openings in vote order, and their tally where the poll may close for confidence.</summary>
    private sealed class SealedPoll(PollTerms terms, Calibration calibration)
    {
        private readonly List<Opening?> openings = [];
        private Tally? tally = terms.Message.Confidence > 0 ? Tally.Empty(terms.Options) : null;

        public IReadOnlyList<Opening?> Openings => openings;

        /// <summary>Adds a vote; true where it is the one that reaches the target.</summary>
        public bool Add(Opening? opening, Weights weights)
        {
            openings.Add(opening);
            if (tally is null || opening is not { } known || !terms.Format.Accepts(known.Choice)) return false;
            tally = tally.Add(terms.Format.OptionOf((int)known.Choice), weights.Skilled, weights.Plain);
            return terms.IsReached(tally, calibration);
        }
    }
}
