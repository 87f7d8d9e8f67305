using System.Text;
using ChainSpace.Journal.Check;
using ChainSpace.Rules;
using static ChainSpace.Node.Audit.AuditFault;

namespace ChainSpace.Node.Audit;

/// <summary>Faults in words: a stable code for programs, the entry to look at, one sentence for people.</summary>
public static class AuditWords
{
    /// <summary>The case's name in snake case; never changes once published.</summary>
    public static string Code(AuditFault fault) => SnakeCase(fault.GetType().Name);

    /// <summary>The case's name in snake case.</summary>
    public static string Code(JournalFault fault) => SnakeCase(fault.GetType().Name);

    /// <summary>The entry the fault is in or begins at; of a checkpoint, its size; null where it is of the whole.</summary>
    public static long? Index(AuditFault fault) => fault switch
    {
        WrongSpace => 0,
        WrongTree tree => Index(tree.Where),
        WrongCheckpoint checkpoint => checkpoint.Size,
        HistoryChanged changed => changed.Size,
        NotCanonical wrong => wrong.Entry.Value,
        BadSignature wrong => wrong.Entry.Value,
        BackDated wrong => wrong.Entry.Value,
        Refused wrong => wrong.Entry.Value,
        Unruly wrong => wrong.Entry.Value,
        WrongBlock wrong => wrong.Entry.Value,
        Withheld wrong => wrong.Entry.Value,
        WrongState wrong => wrong.Size,
        WrongPayouts wrong => wrong.Size,
        WrongAnchor wrong => wrong.Entry.Value,
        WrongSum wrong => wrong.Size,
        AnchorNotOnChain wrong => wrong.Entry.Value,
        BlockNotOnChain wrong => wrong.Entry.Value,
        BlockChosen wrong => wrong.Entry.Value,
        DepositNotOnChain or ChainSilent => null,
    };

    /// <summary>The entry, or the first one of a tile, or the size.</summary>
    public static long? Index(JournalFault fault) => fault switch
    {
        JournalFault.EntryMissing missing => missing.Index,
        JournalFault.EntryChanged changed => changed.Index,
        JournalFault.EntryBeyondHead beyond => beyond.Index,
        JournalFault.TileMissing missing => FirstEntry(missing.Tile, 0),
        JournalFault.TileChanged changed => FirstEntry(changed.Tile, changed.Position),
        JournalFault.TileRootChanged changed => FirstEntry(changed.Tile, 0),
        JournalFault.TileBeyondHead beyond => FirstEntry(beyond.Tile, 0),
        JournalFault.RootDiffers differs => differs.From,
        JournalFault.CheckpointUnreadable unreadable => unreadable.Size,
        JournalFault.CheckpointUnsigned unsigned => unsigned.Size,
        JournalFault.CheckpointDiffers differs => differs.From,
        JournalFault.CheckpointBeyondHead beyond => beyond.Size,
        JournalFault.Unreadable => null,
    };

    /// <summary>One sentence for people.</summary>
    public static string Sentence(AuditFault fault) => fault switch
    {
        WrongSpace wrong => $"The journal is that of space {wrong.Found}, not of {wrong.Expected}.",
        WrongTree wrong => Sentence(wrong.Where),
        WrongCheckpoint wrong => $"The checkpoint of size {wrong.Size} is not signed by the space's own key.",
        HistoryChanged wrong => $"The journal no longer begins with the {wrong.Size} entries that it began with before.",
        NotCanonical wrong => $"Entry {wrong.Entry} is not the canonical spelling of a message.",
        BadSignature wrong => $"The signature of entry {wrong.Entry} does not hold: {Sentence(wrong.Answer)}.",
        BackDated wrong =>
            $"Entry {wrong.Entry} is back-dated: stamped {wrong.Stamped}, though the entry before it has {wrong.Before}.",
        Refused wrong => $"The rules refuse entry {wrong.Entry}: {Explain.Sentence(wrong.Refusal, Currency.Unknown)}",
        Unruly wrong => $"The rules come to no answer about entry {wrong.Entry}: {wrong.Because}",
        WrongBlock wrong => $"Entry {wrong.Entry} reports a block with another root than the journal has at size {wrong.Size}.",
        Withheld wrong =>
            $"At entry {wrong.Entry} poll {wrong.Poll} was counted with {wrong.Opened} of {wrong.Votes} sealed votes opened.",
        WrongState { Claimed: { } claimed } wrong =>
            $"The checkpoint of size {wrong.Size} vouches for state {claimed}, but the entries give {wrong.Computed}.",
        WrongState wrong => $"The checkpoint of size {wrong.Size} vouches for no state.",
        WrongPayouts wrong =>
            $"The checkpoint of size {wrong.Size} vouches for payouts {wrong.Claimed}, but the entries give {wrong.Computed}.",
        WrongAnchor wrong => $"Entry {wrong.Entry} reports an anchor whose root is not the journal's at size {wrong.Size}.",
        AnchorNotOnChain wrong => $"Entry {wrong.Entry} reports an anchor that is not in block {wrong.Height} of the chain.",
        BlockNotOnChain wrong => $"Entry {wrong.Entry} reports a block {wrong.Height} that the chain does not have so.",
        BlockChosen wrong =>
            $"Entry {wrong.Entry} draws by block {wrong.Height}, which is not the first after what waited for it.",
        DepositNotOnChain wrong => wrong.Because,
        ChainSilent wrong => wrong.Because,
        WrongSum wrong => $"The balances and the fund add up to {wrong.Balances} units, but {wrong.Supply} have been given out.",
    };

    /// <summary>One sentence for people.</summary>
    public static string Sentence(JournalFault fault) => fault switch
    {
        JournalFault.EntryMissing wrong => $"Entry {wrong.Index} is missing.",
        JournalFault.EntryChanged wrong => $"Entry {wrong.Index} is not what was entered: its hash is not the one in its tile.",
        JournalFault.EntryBeyondHead wrong => $"There is an entry {wrong.Index} that the journal's head does not count.",
        JournalFault.TileMissing wrong => $"Tile {wrong.Tile} is missing.",
        JournalFault.TileChanged wrong =>
            $"Tile {wrong.Tile} does not hold the hashes of what lies below it, from {wrong.Position} on.",
        JournalFault.TileRootChanged wrong => $"The root kept with tile {wrong.Tile} is not that of its hashes.",
        JournalFault.TileBeyondHead wrong => $"There is a tile {wrong.Tile} that the journal's head does not reach.",
        JournalFault.RootDiffers wrong =>
            $"The entries do not give the head's root: one of {wrong.From} to {wrong.Size - 1}, or the head, was changed.",
        JournalFault.CheckpointUnreadable wrong => $"What is kept as the checkpoint of size {wrong.Size} is none.",
        JournalFault.CheckpointUnsigned wrong => $"The checkpoint of size {wrong.Size} is not signed by the space's own key.",
        JournalFault.CheckpointDiffers wrong =>
            $"The checkpoint of size {wrong.Size} is of another tree: one of the entries from {wrong.From} on was changed.",
        JournalFault.CheckpointBeyondHead wrong =>
            $"A checkpoint promises {wrong.Size} entries, but the journal was cut shorter.",
        JournalFault.Unreadable wrong => $"The journal's file cannot be read: {wrong.Message}",
    };

    private static string Sentence(Protocol.Crypto.SignatureAnswer answer) => answer switch
    {
        Protocol.Crypto.SignatureAnswer.WrongLength => "it has the wrong length",
        Protocol.Crypto.SignatureAnswer.HighS => "it is the second spelling of another one",
        Protocol.Crypto.SignatureAnswer.UnknownKey => "no entry has shown the signer's key",
        _ => "the signer did not make it over this message",
    };

    private static long FirstEntry(Protocol.Merkle.Tile tile, int position) => (tile.Index * 256 + position) << (8 * tile.Level);

    private static string SnakeCase(string name)
    {
        StringBuilder code = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && code.Length > 0) code.Append('_');
            code.Append(char.ToLowerInvariant(letter));
        }

        return code.ToString();
    }
}
