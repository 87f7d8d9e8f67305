using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Whether the vault has received what the operator reports. The journal cannot tell: a deposit that never came in would
/// be right by every rule, and paid out of what others paid in.
/// </summary>
internal sealed class DepositCheck(RpcPool pool)
{
    private const int AtOnce = 100;

    /// <summary>What is not there, or that nobody says; null where every deposit is there.</summary>
    public async Task<Finding?> FindAsync(
        Address vault, IReadOnlyList<ReportedDeposit> deposits, CancellationToken cancellationToken)
    {
        VaultViews views = new(vault);
        foreach (ReportedDeposit[] some in deposits.Chunk(AtOnce))
        {
            var calls = RpcCalls.All([.. some.Select(each => views.Deposited(each.Account))]);
            var answer = await pool.AskAsync(calls, cancellationToken);
            if (!answer.IsGood)
                return new Finding.Unknown($"The chain does not say what the vault has received: {answer.Fault}.");
            for (int place = 0; place < some.Length; place++)
            {
                (AccountId account, Amount reported) = some[place];
                if (answer.Value[place] >= reported.Units) continue;
                return new Finding.Wrong(
                    $"The vault has got {answer.Value[place]} for account {account}, the journal says {reported}.");
            }
        }

        return null;
    }
}
