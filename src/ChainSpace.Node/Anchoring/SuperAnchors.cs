using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Anchoring;

/// <summary>
/// The super-roots of a node on one network, one at a time: each carries journal, payouts and reputation of many spaces in
/// one transaction. One loop writes; any thread may ask for proofs.
/// </summary>
internal sealed class SuperAnchors
{
    // It takes 28,575 in the contracts' tests, and more the first time, when the slot is new.
    private static readonly Gas GasOfAnchor = new(80_000);

    private readonly NetworkHost network;
    private readonly ScoreFiles scores;
    private volatile SuperMemory memory;

    public SuperAnchors(NetworkHost network)
    {
        this.network = network;
        scores = new ScoreFiles(network.Folder);
        memory = SuperMemory.Load(network.Folder);
    }

    /// <summary>Whether one is still to become final, so that no other can be made.</summary>
    public bool IsUnderWay => memory.Next is not null;

    /// <summary>Entries of a space that a super-root covers, or will.</summary>
    public long Covered(SpaceId space) => Math.Max(memory.Next?.SizeOf(space) ?? 0, memory.Last?.SizeOf(space) ?? 0);

    /// <summary>When the last one that carries the space was made, in milliseconds of Unix time; 0 for never.</summary>
    public long MadeAt(SpaceId space)
    {
        if (memory.Next is { } next && next.SizeOf(space) > 0) return next.MadeAt;
        return memory.Last is { } last && last.SizeOf(space) > 0 ? last.MadeAt : 0;
    }

    /// <summary>The proof of a space's newest head on this network; null while there is none.</summary>
    public SuperHeadProof? Find(SpaceId space)
    {
        if (memory.Last is not { Previous: { } previous } last || last.SizeOf(space) == 0) return null;
        SuperTree tree = last.Tree;
        SuperHead head = new(network.Sender.Account, Bytes32.Parse(previous), tree.Root);
        return new SuperHeadProof(head, tree.Find(space)!, last.Height!.Value, last.Transaction!);
    }

    /// <summary>The scores under that proof; null where the file is lost.</summary>
    public ScoreTree? ScoresOf(SuperProof proof) => scores.Load(proof.Leaf.Space, (long)proof.Leaf.Size);

    /// <summary>The blocks that hold a head of the space, final or not.</summary>
    public IEnumerable<SharedHead> HeadsOf(SpaceId space)
    {
        SuperMemory now = memory;
        if (now.Last is { } last && last.SizeOf(space) > 0)
            yield return new SharedHead(last.Tree, last.Height!.Value, last.Transaction!) { IsFinal = true };
        if (now.Next is { } next && next.SizeOf(space) > 0 && StateOf(next) is IntentState.Mined mined)
            yield return new SharedHead(next.Tree, mined.Block.Value, mined.Transaction.ToString());
    }

    /// <summary>Makes the next one, of everything that is durable in these spaces.</summary>
    public async Task MakeAsync(IReadOnlyList<AnchoredSpace> spaces, Urgency urgency, CancellationToken cancellationToken)
    {
        List<HeadText> heads = [];
        foreach (AnchoredSpace space in spaces) heads.Add(await HeadOfAsync(space, cancellationToken));

        // What a root leaves out would have no proof any more: there is one slot, and the newest root is in it.
        HashSet<string> taken = [.. heads.Select(static each => each.Space)];
        if (memory.Last is { } last) heads.AddRange(last.Heads.Where(each => !taken.Contains(each.Space)));
        SuperAnchor next = new([.. heads], network.Now);
        Remember(memory with { Next = next });
        Send(next, urgency);
    }

    /// <summary>Takes the one under way further.</summary>
    /// <param name="spaces">All that are anchored on this network.</param>
    public async Task StepAsync(IReadOnlyList<AnchoredSpace> spaces, CancellationToken cancellationToken)
    {
        if (memory.Next is not { } next) return;
        Send(next, Urgency.Normal);
        IntentState? state = StateOf(next);
        if (state is { IsRefused: true }) Remember(memory with { Next = null });
        if (state is not IntentState.Final { Succeeded: true } final) return;
        Answer<Bytes32> before = await BeforeAsync(final.Block, cancellationToken);
        if (!before.IsGood) return;
        SuperAnchor done = next with
        {
            Height = final.Block.Value,
            Transaction = final.Transaction.ToString(),
            Previous = before.Value.ToString(),
        };
        SuperAnchor? replaced = memory.Last;
        Remember(new SuperMemory { Last = done });
        foreach (AnchoredSpace space in spaces)
        {
            long size = replaced?.SizeOf(space.Host.Id) ?? 0;
            if (size != done.SizeOf(space.Host.Id)) space.Settlement?.ForgetShared(size);
        }

        scores.Keep(done.Heads.Select(static each => (each.ToLeaf().Space, each.Size)));
    }

    // The slot before is half of what the slot is the hash of; whoever proves something must know it.
    private Task<Answer<Bytes32>> BeforeAsync(BlockNumber block, CancellationToken cancellationToken) =>
        network.Pool.AskSurelyAsync(
            network.Anchorage.Head(network.Sender.Account, new BlockTag.At(block.Minus(1))), cancellationToken);

    // The scores are computed here, not on the writer's thread: a quantile takes as long as many votes.
    private async Task<HeadText> HeadOfAsync(AnchoredSpace space, CancellationToken cancellationToken)
    {
        AnchorHead? head = null;
        IReadOnlyList<Standing> standings = [];
        Moment now = default;
        await space.Host.Sequencer.RunAsync(engine =>
        {
            head = engine.CheckpointAnchor();
            standings = ScoreLeaves.Standings(engine.State);
            now = engine.State.Now;
        });
        cancellationToken.ThrowIfCancellationRequested();
        ScoreTree tree = new([.. standings.Select(each => ScoreLeaves.Of(each, now))]);
        scores.Save(space.Host.Id, head!.Size, tree);
        space.Settlement?.Payouts.Save(head.Size, head.Payouts);
        return new HeadText(
            space.Host.Id.ToString(), head.Size, head.Root.ToString(), head.Payouts.Root.ToString(), tree.Root.ToString());
    }

    private void Send(SuperAnchor next, Urgency urgency) => network.Sender.Submit(
        new Intent(KeyOf(next), network.Anchorage.Anchor(next.Tree.Root), GasOfAnchor, urgency));

    private IntentState? StateOf(SuperAnchor anchor) => network.Sender.StateOf(KeyOf(anchor));

    private static string KeyOf(SuperAnchor anchor) => $"super:{anchor.MadeAt}:{anchor.Tree.Root}";

    private void Remember(SuperMemory next)
    {
        next.Save(network.Folder);
        memory = next;
    }
}

/// <summary>A space that is anchored on a network.</summary>
/// <param name="Settlement">Its dealings with its vault; null where it has none on that network.</param>
internal sealed record AnchoredSpace(SpaceHost Host, SpaceSettlement? Settlement);

/// <summary>A space's newest head on a network, and how an anchorage there is shown it.</summary>
/// <param name="Height">The final block that holds it.</param>
/// <param name="Transaction">Hash of its transaction.</param>
internal sealed record SuperHeadProof(SuperHead Head, SuperProof Proof, ulong Height, string Transaction);

/// <summary>A super-root in a block.</summary>
internal sealed record SharedHead(SuperTree Tree, ulong Height, string Transaction)
{
    public bool IsFinal { get; init; }
}
