using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Finds the anchor of a size in a vault's events, from the newest block backwards: a proposal does not say which roots it
/// is about, and its anchor is seldom much older. Sizes only grow, so there is one of each.
/// </summary>
internal sealed class AnchorSearch(RpcPool pool, Address vault)
{
    private const ulong BlocksAtOnce = 2_000;

    // Months of blocks on any chain; who looked further would ask a public endpoint for ever.
    private const int QuestionsAtMost = 5_000;

    /// <summary>The anchor, or in one sentence why it was not found.</summary>
    public async Task<(VaultEvent.Anchored? Anchor, string Sentence)> FindAsync(
        ulong size, BlockNumber newest, CancellationToken cancellationToken)
    {
        ulong blocks = BlocksAtOnce;
        BlockNumber to = newest;
        for (int questions = 0; questions < QuestionsAtMost; questions++)
        {
            LogFilter filter = new(vault, VaultEvent.AnchoredTopic, to.Minus(blocks - 1), to);
            Answer<LogList> logs = await pool.AskSurelyAsync(Chain.Logs(filter), cancellationToken);
            if (!logs.IsGood)
            {
                // Nobody says in the same words that it was too much.
                bool isHopeless = blocks == 1 || !logs.Fault.MayBeTooMuch();
                if (isHopeless) return (null, $"The chain does not show its anchors: {logs.Fault}.");
                blocks /= 2;
                continue;
            }

            VaultEvent.Anchored? anchor = logs.Value.Entries.Select(each => VaultEvent.TryRead(vault, each))
                .OfType<VaultEvent.Anchored>().LastOrDefault(each => each.Size == size);
            if (anchor is not null) return (anchor, "");
            if (filter.From.Value == 0) break;
            to = filter.From.Minus(1);
        }

        return (null, $"The endpoint shows no anchor of size {size}.");
    }
}
