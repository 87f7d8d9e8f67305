using System.CommandLine;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using SuperLeaf = ChainSpace.Protocol.Settlement.SuperLeaf;

namespace ChainSpace.Node.Commands;

/// <summary>
/// <c>chainspace adopt</c>: has a space's vault take over what a super-root proves, and makes it claimable, at one's own
/// cost. For whoever does not want to wait until the operator anchors the space by itself.
/// </summary>
internal static class AdoptCommand
{
    // What is longer than this is waited for by nobody at a terminal.
    private const ulong LongestWait = 60;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        Option<string?> payer = DepositCommand.Payer();
        Option<Uri?> rpc = DepositCommand.ChainRpc();
        Command command = new(
            "adopt",
            "Have a space's vault take over what the newest super-root proves, so that it can be claimed, at your own cost. "
                + "Safe to repeat. Example: chainspace adopt --key alice --space town")
        {
            payer, rpc,
        };
        command.AddSigning();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            using Signer wallet = DepositCommand.LoadPayer(parsed, payer);
            using PayingWallet chain = await DepositCommand.OpenAsync(visit, wallet, parsed.GetValue(rpc), cancellationToken);
            Page<SharedAnchorView> anchors = await visit.Client.SharedAnchorsAsync(visit.Space.Id, cancellationToken);
            SharedAnchorView shared = anchors.Data.FirstOrDefault(each => each.ChainId == chain.Pool.ChainId.ToString())
                ?? throw new Complaint("No super-root on the vault's chain has this space yet.");
            await AdoptAsync(chain, shared, new SpaceId(Bytes32.Parse(visit.Space.Id)), cancellationToken);
        });
        return command;
    }

    private static async Task AdoptAsync(
        PayingWallet chain, SharedAnchorView shared, SpaceId space, CancellationToken cancellationToken)
    {
        var (_, head, proof) = SharedProofs.Read(shared, space);
        VaultViews views = new(chain.Vault);
        VaultCalls calls = new(chain.Vault);
        if ((await chain.AskAsync(views.Good(), cancellationToken)).Size >= proof.Leaf.Size)
        {
            Screen.Line($"The vault's good root covers {proof.Leaf.Size} entries already: claim.");
            return;
        }

        if ((await chain.AskAsync(views.Head(), cancellationToken)).Size < proof.Leaf.Size)
        {
            TransactionHash adopted = await chain.SendAsync("adopt", calls.Adopt(head, proof), cancellationToken);
            Screen.Line($"The vault has taken {proof.Leaf.Size} entries over.");
            await ProposeAsync(chain, calls, proof.Leaf, adopted, cancellationToken);
        }

        await PromoteAsync(chain, calls, proof.Leaf.Size, cancellationToken);
    }

    private static async Task ProposeAsync(
        PayingWallet chain, VaultCalls calls, SuperLeaf leaf, TransactionHash adopted, CancellationToken cancellationToken)
    {
        if ((await chain.AskAsync(new VaultViews(chain.Vault).Terms(), cancellationToken)).Window == 0)
        {
            Screen.Aside("Only its witnesses can make it good now.");
            return;
        }

        if (await chain.AskAsync(Chain.ReceiptOf(adopted), cancellationToken) is not Receipt.Mined mined) return;
        VaultAnchor anchor = await AnchorPreimage.FindAsync(
            chain.Pool, chain.Vault, (leaf.Size, leaf.Root, leaf.PayoutRoot), mined.Block, cancellationToken)
            ?? throw new Complaint("The chain does not say what the vault's slot was before; the node will propose it.");
        await chain.SendAsync("propose", calls.Propose(anchor), cancellationToken);
        Screen.Aside("It is proposed: until its window is over, anybody may challenge it.");
    }

    // The node promotes what it knows as well; whoever comes first pays.
    private static async Task PromoteAsync(
        PayingWallet chain, VaultCalls calls, ulong size, CancellationToken cancellationToken)
    {
        VaultViews views = new(chain.Vault);
        while (true)
        {
            if ((await chain.AskAsync(views.Good(), cancellationToken)).Size >= size)
            {
                Screen.Line($"It is good: what was withdrawn before entry {size} can be claimed.");
                return;
            }

            Proposal proposal = await chain.AskAsync(views.Proposal(), cancellationToken);
            ulong now = (await chain.AskAsync(Chain.Block(new BlockTag.Latest()), cancellationToken)).Seconds;
            if (proposal.Size != size || proposal.Challenger != Address.Zero)
                throw new Complaint($"It does not wait for its window; the vault's proposal is of size {proposal.Size}.");
            if (now >= proposal.Until) await chain.SendAsync("promote", calls.Promote(), cancellationToken);
            else if (proposal.Until - now > LongestWait)
            {
                string until = Wording.Moment($"{1_000 * proposal.Until}");
                Screen.Line($"Its window is over at {until}; say this again then.");
                return;
            }
            else await Task.Delay(Beat, cancellationToken);
        }
    }
}
