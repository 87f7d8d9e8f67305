using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Tests.Client;

/// <summary>A valid receipt with one thing changed, and the first link that must fail for it.</summary>
internal static class ReceiptMutations
{
    public static IEnumerable<ReceiptCase> Of(ReceiptStory story)
    {
        ReceiptDocument delegated = story["delegated"], plain = story["p256"];
        return
        [
            .. OfSpace(story, delegated), .. OfCheckpoint(story, plain), .. OfInclusion(delegated),
            .. OfKeys(story, delegated),
        ];
    }

    private static IEnumerable<ReceiptCase> OfSpace(ReceiptStory story, ReceiptDocument valid)
    {
        using SmallJournal other = new("other");
        ReceiptDocument foreign = other.Receipt(0, other.Operator);
        ProvenEntry genesis = valid.Genesis;
        yield return new("format-unknown", valid with { Format = "chainspace-receipt/v2" }, "space");
        yield return new("space-another", valid with { Space = foreign.Space }, "space");
        yield return new("space-upper-case", valid with { Space = "0x" + valid.Space[2..].ToUpperInvariant() }, "space");
        yield return new("genesis-another", valid with { Genesis = foreign.Genesis }, "space");
        string renamed = genesis.Entry.Replace("\"demo\"", "\"dome\"", StringComparison.Ordinal);
        yield return new("genesis-renamed", valid with { Genesis = genesis with { Entry = renamed } }, "space");
        yield return new("genesis-index", valid with { Genesis = genesis with { Index = "1" } }, "space");
        ProvenEntry vote = new("0", story["p256"].Entry, genesis.Proof);
        yield return new("genesis-is-a-vote", valid with { Genesis = vote }, "space");
    }

    private static IEnumerable<ReceiptCase> OfCheckpoint(ReceiptStory story, ReceiptDocument valid)
    {
        SmallJournal journal = story.Journal;
        using NoteSigner stranger = new(journal.Origin, SmallJournal.Fill(12));
        string elsewhere = SmallJournal.OriginOf(new SpaceId(Bytes32.Read(SmallJournal.Fill(8))));
        using NoteSigner own = new(journal.Origin, SmallJournal.Fill(2)), renamed = new(elsewhere, SmallJournal.Fill(2));
        string longer = valid.Checkpoint.Replace($"\n{journal.Size}\n", $"\n{journal.Size + 1}\n", StringComparison.Ordinal);
        string forged = journal.Note(stranger, journal.Origin, journal.Size);
        yield return new("checkpoint-by-another-key", valid with { Checkpoint = forged }, "checkpoint");
        string ofAnother = journal.Note(own, elsewhere, journal.Size);
        yield return new("checkpoint-of-another-origin", valid with { Checkpoint = ofAnother }, "checkpoint");
        string underAnother = journal.Note(renamed, journal.Origin, journal.Size);
        yield return new("checkpoint-under-another-name", valid with { Checkpoint = underAnother }, "checkpoint");
        yield return new("checkpoint-size-edited", valid with { Checkpoint = longer }, "checkpoint");
        string unsigned = valid.Checkpoint[..(valid.Checkpoint.IndexOf("\n\n", StringComparison.Ordinal) + 2)];
        yield return new("checkpoint-unsigned", valid with { Checkpoint = unsigned }, "checkpoint");
    }

    private static IEnumerable<ReceiptCase> OfInclusion(ReceiptDocument valid)
    {
        ProvenEntry genesis = valid.Genesis, delegation = valid.Delegation!;
        string edited = valid.Entry.Replace("\"choice\":\"2\"", "\"choice\":\"1\"", StringComparison.Ordinal);
        yield return new("entry-edited", valid with { Entry = edited }, "inclusion");
        yield return new("index-edited", valid with { Index = "1" }, "inclusion");
        yield return new("index-leading-zero", valid with { Index = "0" + valid.Index }, "inclusion");
        yield return new("index-beyond-the-end", valid with { Index = "1000" }, "inclusion");
        yield return new("proof-edited", valid with { Proof = Edited(valid.Proof) }, "inclusion");
        yield return new("proof-too-short", valid with { Proof = [.. valid.Proof.SkipLast(1)] }, "inclusion");
        yield return new("proof-too-long", valid with { Proof = [.. valid.Proof, valid.Proof[0]] }, "inclusion");
        genesis = genesis with { Proof = Edited(genesis.Proof) };
        yield return new("genesis-proof-edited", valid with { Genesis = genesis }, "inclusion");
        ProvenEntry unproved = delegation with { Proof = Edited(delegation.Proof) };
        yield return new("delegation-proof-edited", valid with { Delegation = unproved }, "inclusion");
        yield return new("delegation-index-edited", valid with { Delegation = delegation with { Index = "1" } }, "inclusion");
        string wider = delegation.Entry.Replace("post,vote", "account,post,vote", StringComparison.Ordinal);
        yield return new("delegation-edited", valid with { Delegation = delegation with { Entry = wider } }, "inclusion");
    }

    private static IEnumerable<ReceiptCase> OfKeys(ReceiptStory story, ReceiptDocument delegated)
    {
        string mallory = SmallJournal.KeyOf(story.Mallory)!;
        yield return new("key-of-another", delegated with { Key = mallory }, "signature");
        yield return new("key-missing", delegated with { Key = null }, "signature");
        yield return new("key-off-the-curve", delegated with { Key = "0x" + new string('1', 128) }, "signature");
        yield return new("account-key-of-another", delegated with { AccountKey = mallory }, "delegation");
        yield return new("account-key-missing", delegated with { AccountKey = null }, "delegation");
        yield return new("delegation-left-out", delegated with { Delegation = null }, "delegation");
    }

    private static string[] Edited(IReadOnlyList<string> proof) =>
        [(proof[0][^1] == '0' ? proof[0][..^1] + "1" : proof[0][..^1] + "0"), .. proof.Skip(1)];
}
