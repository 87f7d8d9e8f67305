using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Deposits;

/// <summary>Money that came into a vault, and where the chain says so.</summary>
/// <param name="Account">For whom.</param>
/// <param name="Amount">What came in, in the asset's smallest unit.</param>
/// <param name="Total">All that ever came in for the account, this included. What to credit: told twice, it does no harm.</param>
public sealed record Deposit(
    AccountId Account, Amount Amount, Amount Total, BlockNumber Block, BlockHash BlockHash, TransactionHash Transaction)
{
    internal static readonly AbiEvent Event = AbiEvent.Parse("Deposited(bytes32 indexed,uint256,uint256)");

    private static readonly BigInteger AmountMax = UInt128.MaxValue;

    /// <summary>Null for an event of another form, or of more money than a space can count.</summary>
    internal static Deposit? TryRead(LogEntry entry)
    {
        if (!Event.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) return null;
        if (values.Integer(1) > AmountMax || values.Integer(2) > AmountMax) return null;
        return new Deposit(
            new AccountId(values.Word(0)),
            new Amount((UInt128)values.Integer(1)),
            new Amount((UInt128)values.Integer(2)),
            entry.Block,
            entry.BlockHash,
            entry.Transaction);
    }
}

/// <summary>How far a vault has been read. Stored by the caller, with what it credited, and given back next time.</summary>
/// <param name="Next">The first block not read yet.</param>
/// <param name="Last">Hash of the block before it; null where nothing has been read.</param>
public sealed record DepositCursor(BlockNumber Next, BlockHash? Last)
{
    /// <summary>The cursor of a vault that was created in this block.</summary>
    public static DepositCursor From(BlockNumber creation) => new(creation, null);
}

/// <summary>What a look at a vault brought.</summary>
public abstract record DepositNews
{
    private DepositNews()
    {
    }

    /// <summary>Final deposits in the order of the chain, all there are up to the new cursor.</summary>
    /// <param name="Unfit">Events of the vault that no space can credit: of another form, or above 2¹²⁸ − 1.</param>
    /// <param name="IsCaughtUp">False where there are more final blocks to be read right away.</param>
    public sealed record Read(
        ImmutableArray<Deposit> Deposits, ImmutableArray<LogEntry> Unfit, DepositCursor Cursor, bool IsCaughtUp) : DepositNews;

    /// <summary>Nothing is known; ask again with the same cursor.</summary>
    public sealed record Unanswered(RpcFault Fault) : DepositNews;

    /// <summary>
    /// A block that was final is not on the chain any more, or lies thousands of blocks ahead of it. The network broke its
    /// promise, or endpoints lied before; what was credited has to be looked at by a person. Asking again says the same:
    /// go on with the cursor of the vault's beginning, which credits nothing twice.
    /// </summary>
    public sealed record FinalityBroken(BlockNumber Block, BlockHash Before, BlockHash Now) : DepositNews;
}
