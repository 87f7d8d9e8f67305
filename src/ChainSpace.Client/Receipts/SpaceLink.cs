using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>Links 1 and 2 of spec/receipt.md: the genesis makes the space's id, and names the key of its checkpoints.</summary>
internal sealed record SpaceLink(SpaceId Space, CreateSpace Genesis, Domain Domain)
{
    public static ReceiptFault? Check(ReceiptDocument document, SpaceId? expected, out SpaceLink space)
    {
        space = null!; // Never read where there is a fault.
        if (document.Format != ReceiptDocument.CurrentFormat) return new ReceiptFault.Unreadable("format");
        if (!Bytes32.TryParse(document.Space, out Bytes32 id)) return new ReceiptFault.Unreadable("space");
        if (document.Genesis?.Index != "0") return new ReceiptFault.Unreadable("genesis.index");
        if (!Spelling.TryReadEntry(document.Genesis.Entry, out Entry? entry))
            return new ReceiptFault.Unreadable("genesis.entry");
        if (entry.Message is not CreateSpace genesis) return new ReceiptFault.NoGenesis(entry.Message.Type);
        SpaceId created = TypedData.SpaceOf(genesis);
        if (created.Value != id) return new ReceiptFault.GenesisOfAnotherSpace(created);
        if (expected is { } wanted && wanted != created) return new ReceiptFault.NotTheExpectedSpace(wanted);

        space = new SpaceLink(created, genesis, Domain.Of(genesis));
        return null;
    }

    public static ReceiptFault? CheckCheckpoint(ReceiptDocument document, SpaceLink space, out Checkpoint checkpoint)
    {
        checkpoint = null!; // Never read where there is a fault.
        if (!Spelling.TryReadBytes(document.Checkpoint, out byte[]? note)) return new ReceiptFault.Unreadable("checkpoint");
        if (VerifierOf(space) is not { } verifier) return new ReceiptFault.CheckpointNotSigned();
        bool isSigned = Checkpoint.TryRead(note, verifier.Name, verifier, out Checkpoint? read);
        if (!isSigned || read is null) return new ReceiptFault.CheckpointNotSigned();

        checkpoint = read;
        return null;
    }

    private static NoteVerifier? VerifierOf(SpaceLink space)
    {
        string name = $"chainspace/{space.Space.ToString()[2..]}";
        try
        {
            return new NoteVerifier(name, space.Genesis.CheckpointKey.ToArray());
        }
        catch (FormatException)
        {
            // Anybody can create a space whose checkpoint key is no key; nothing is signed with it then.
            return null;
        }
    }
}
