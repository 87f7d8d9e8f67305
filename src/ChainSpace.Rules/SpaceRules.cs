using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules;

/// <summary>What founds a space and what its operator reports.</summary>
public static class SpaceRules
{
    /// <summary>Whether a space may start with this message.</summary>
    public static Refusal? Create(SpaceState state, CreateSpace message)
    {
        if (state.Genesis is not null) return new WrongGenesis();
        if (!AccountKey.Is(message.Header.Account, message.Key)) return new WrongKey();
        if (!Slug.IsSlug(message.Name)) return new InvalidTerm("name", Slug.Allowed);
        if (!Slug.IsSlug(message.Network)) return new InvalidTerm("network", Slug.Allowed);
        if (message.Currency.Length is < 1 or > 12 || !message.Currency.All(char.IsAsciiLetterOrDigit))
            return new InvalidTerm("currency", "1 to 12 letters or digits");
        if (message.Decimals > 18) return new InvalidTerm("decimals", "0 to 18");
        if (message.Grant.Units >= UInt128.One << 64) return new InvalidTerm("grant", "less than 2^64");
        return P256PublicKey.TryRead(message.SealingKey.AsSpan(), out _) ? null : new InvalidTerm("sealingKey", "a P-256 key");
    }

    /// <summary>Whether the operator may give play money.</summary>
    public static Refusal? Credit(SpaceState state, Credit message)
    {
        if (state.IsOnChain) return new InvalidTerm("amount", "nothing: this space holds real money");
        if (state.FindAccount(message.To) is null) return new NotRegistered(message.To);
        bool isWithin = message.Amount.Units < Limits.Supply && (state.Supply + message.Amount).Units < Limits.Supply;
        return isWithin ? null : new InvalidTerm("amount", "a supply below 2^120");
    }

    /// <summary>
    /// Whether the block follows the last one and covers only what stands in the journal. A chain's blocks go on by
    /// themselves, so of those only what is waited for is reported: the first block after the oldest entry that waits,
    /// which leaves the operator none to choose.
    /// </summary>
    public static Refusal? Report(SpaceState state, ReportBlock message)
    {
        if (state.IsOnChain)
        {
            bool isWaitedFor = state.OldestAwaiting is { } oldest
                ? message.Size == (ulong)oldest.Value + 1
                : state.NextDueHeight <= message.Height;
            // The greatest number is none of a block: no other could follow it.
            bool isLater = message.Height >= state.Height && message.Height is > 0 and < ulong.MaxValue;
            return isWaitedFor && isLater && message.Size <= (ulong)state.Size ? null : new WrongBlock(state.Height + 1);
        }

        bool isNext = message.Height == state.Height + 1 && message.Size > state.BlockSize && message.Size <= (ulong)state.Size;
        return isNext ? null : new WrongBlock(state.Height + 1);
    }
}
