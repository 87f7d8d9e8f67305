using ChainSpace.Node.Simulation.World;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using static ChainSpace.Node.Simulation.BrokenInvariantException;
using static ChainSpace.Node.Simulation.Invariant;

namespace ChainSpace.Node.Simulation;

/// <summary>
/// Who chose what, by the voters' own memory. Comparing only who voted would pass a node that loses a vote and takes the
/// next one of the same voter.
/// </summary>
internal sealed class VoteBook
{
    private readonly Dictionary<TaskId, Dictionary<AccountId, Cast>> polls = [];
    private readonly Dictionary<TaskId, ResponseFormat> formats = [];

    public void See(CommittedEntry entry, Letter? letter)
    {
        switch (entry.Entry.Message)
        {
            case PostPoll post:
                polls.Add(new TaskId(entry.Id.Value), []);
                formats[new TaskId(entry.Id.Value)] = ResponseFormat.TryRead(post.Format, post.Options)!;
                break;
            case Vote vote:
                polls[vote.Poll].Add(vote.Header.Account, new Cast(entry.Index, letter!.Choice!.Value, true));
                break;
            case SealedVote vote:
                polls[vote.Poll].Add(vote.Header.Account, new Cast(entry.Index, letter!.Choice!.Value, !letter.IsOpaque));
                break;
            case OpenVote vote:
                Dictionary<AccountId, Cast> casts = polls[vote.Poll];
                casts[vote.Header.Account] = casts[vote.Header.Account] with { IsReadable = true };
                break;
        }

        foreach (Fact fact in entry.Facts)
        {
            if (fact is Fact.Ended ended) Compare(ended);
        }
    }

    private void Compare(Fact.Ended ended)
    {
        Dictionary<AccountId, Cast> casts = polls[ended.Poll];
        bool isComplete = ended.Votes.Length == casts.Count;
        Unless(isComplete, ChoiceIsCounted, $"Poll {ended.Poll} ended with {ended.Votes.Length} of {casts.Count} votes.");
        foreach (PaidVote vote in ended.Votes)
        {
            Cast cast = casts[vote.Voter];
            int? expected = cast.IsReadable && formats[ended.Poll].Accepts(cast.Choice) ? (int)cast.Choice : null;
            bool isSame = vote.Choice == expected && vote.Index == cast.Index;
            Unless(isSame, ChoiceIsCounted, $"{vote.Voter} chose {expected} at entry {cast.Index}; counted is {vote}.");
        }

        polls.Remove(ended.Poll);
        formats.Remove(ended.Poll);
    }

    private sealed record Cast(EntryIndex Index, uint Choice, bool IsReadable);
}
