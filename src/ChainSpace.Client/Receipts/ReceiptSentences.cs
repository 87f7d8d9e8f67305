using System.Globalization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>The one place where links and faults become words for people.</summary>
public static class ReceiptSentences
{
    internal static string Space(CreateSpace genesis, SpaceId space) =>
        $"The genesis entry creates the space \"{genesis.Name}\", and its hash is the space's id {space}.";

    internal static string Checkpoint(Checkpoint checkpoint) =>
        $"The space's checkpoint key signed a journal of {checkpoint.Size} entries.";

    internal static string Inclusion(long index, long size) =>
        $"The journal of {size} entries holds this entry at index {index}, and the other entries shown here.";

    internal static string Signature(Entry entry) =>
        $"{entry.Signed.Signer} signed this {entry.Message.Type}; the node stamped it at {Time(entry.Moment)}.";

    internal static string Delegation(Entry entry) =>
        entry.Signed.Signer == entry.Message.Header.Account
            ? "The account signed with its own key, so no delegation is needed."
            : $"The account {entry.Message.Header.Account} had let this session key send a {entry.Message.Type}.";

    /// <summary>What is wrong, for people.</summary>
    public static string Explain(ReceiptFault fault) => fault switch
    {
        ReceiptFault.NotReached => "Not checked, because an earlier link does not hold.",
        ReceiptFault.Unreadable(var member) => $"The receipt's \"{member}\" is missing or not in the form of this format.",
        ReceiptFault.Superfluous(var member) => $"The receipt has a \"{member}\", which has no place in a receipt of this kind.",
        ReceiptFault.NoGenesis(var type) => $"The genesis entry is a {type} and creates no space.",
        ReceiptFault.GenesisOfAnotherSpace(SpaceId created) => $"The genesis entry creates another space, {created}.",
        ReceiptFault.NotTheExpectedSpace(SpaceId expected) => $"The receipt is of another space than {expected}.",
        ReceiptFault.CheckpointNotSigned => "The checkpoint is not one that this space's checkpoint key signed.",
        ReceiptFault.NotIncluded(var which, long index, long size) =>
            $"The proof of \"{which}\" does not show it at index {index} of the checkpoint's {size} entries.",
        ReceiptFault.KeyOfAnother(AccountId owner) => $"The key shown is not the key of {owner}.",
        ReceiptFault.BadSignature(AccountId owner, SignatureAnswer answer) =>
            $"The signature is not one that {owner} made for this message ({answer}).",
        ReceiptFault.NoDelegation(AccountId session) =>
            $"Another key than the account's signed ({session}), and the receipt shows no delegation to it.",
        ReceiptFault.NotADelegation(var type) => $"The entry shown as delegation is a {type}.",
        ReceiptFault.DelegatedByAnother(AccountId by) => $"The delegation is by another account, {by}.",
        ReceiptFault.NotByOwnKey(AccountId by) => $"The delegation is signed by {by} and not by the account's own key.",
        ReceiptFault.DelegatedToAnother => "The delegation is to another session key than the one that signed.",
        ReceiptFault.OutOfScope(var type, var scopes) => $"The delegation covers \"{scopes}\", which does not include {type}.",
        ReceiptFault.Ended(Moment until, Moment stamped) =>
            $"The delegation ended at {Time(until)}; the entry was stamped at {Time(stamped)}.",
        ReceiptFault.TooLate(long delegation, long entry) =>
            $"The delegation stands at index {delegation}, not before the entry at index {entry}.",
    };

    // A stranger's moment can lie beyond the last year that the calendar can name.
    private static string Time(Moment moment) =>
        moment.Milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(moment.Milliseconds)
                .ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture)
            : $"{moment} ms";
}
