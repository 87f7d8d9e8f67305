using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Client.Receipts;

/// <summary>Why a link of a receipt does not hold; <see cref="ReceiptSentences"/> puts it into words.</summary>
public abstract record ReceiptFault
{
    private ReceiptFault() { }

    /// <summary>An earlier link does not hold, so this one would rest on nothing.</summary>
    public sealed record NotReached : ReceiptFault;

    /// <summary>A member is missing or spelled in a way the format does not know.</summary>
    public sealed record Unreadable(string Member) : ReceiptFault;

    /// <summary>A member that may be there only in other receipts; it would have gone unchecked.</summary>
    public sealed record Superfluous(string Member) : ReceiptFault;

    /// <summary>The genesis entry is a message, but none that creates a space.</summary>
    public sealed record NoGenesis(string Type) : ReceiptFault;

    /// <summary>The genesis entry creates another space than the receipt names.</summary>
    public sealed record GenesisOfAnotherSpace(SpaceId Created) : ReceiptFault;

    /// <summary>A sound receipt, but not of the space asked for.</summary>
    public sealed record NotTheExpectedSpace(SpaceId Expected) : ReceiptFault;

    /// <summary>Not a checkpoint of this space's journal, or not signed with its checkpoint key.</summary>
    public sealed record CheckpointNotSigned : ReceiptFault;

    /// <summary>The proof does not lead from the entry to the checkpoint's root.</summary>
    public sealed record NotIncluded(string Which, long Index, long Size) : ReceiptFault;

    /// <summary>The signer is a P-256 account, and the key given does not hash to it.</summary>
    public sealed record KeyOfAnother(AccountId Owner) : ReceiptFault;

    /// <summary>The signature is not the owner's over this message.</summary>
    public sealed record BadSignature(AccountId Owner, SignatureAnswer Answer) : ReceiptFault;

    /// <summary>A session key signed, and nothing says that it may.</summary>
    public sealed record NoDelegation(AccountId Session) : ReceiptFault;

    /// <summary>The entry given as delegation is another message.</summary>
    public sealed record NotADelegation(string Type) : ReceiptFault;

    /// <summary>Another account delegated.</summary>
    public sealed record DelegatedByAnother(AccountId By) : ReceiptFault;

    /// <summary>A session key signed the delegation; only the account's own key may.</summary>
    public sealed record NotByOwnKey(AccountId By) : ReceiptFault;

    /// <summary>The delegation is to another session key.</summary>
    public sealed record DelegatedToAnother : ReceiptFault;

    /// <summary>The delegation does not cover this type of message.</summary>
    public sealed record OutOfScope(string Type, string Scopes) : ReceiptFault;

    /// <summary>The delegation had ended when the entry was stamped.</summary>
    public sealed record Ended(Moment Until, Moment Stamped) : ReceiptFault;

    /// <summary>The delegation came after the entry.</summary>
    public sealed record TooLate(long Delegation, long Entry) : ReceiptFault;
}
