using System.Globalization;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Views.Reading;

/// <summary>Puts receipts together (spec/receipt.md). Any number of threads.</summary>
public sealed class ReceiptMaker(ViewStore views, JournalStore journal)
{
    /// <summary>Null while no checkpoint covers the entry, and for an entry there is not.</summary>
    /// <param name="index">Which entry.</param>
    /// <param name="proofs">What is known of checkpoints beside the journal's own reports.</param>
    public ReceiptDocument? Make(EntryIndex index, params IEnumerable<CheckpointProof> proofs)
    {
        if (index.Value < 0 || index.Value >= views.Position) return null;
        CheckpointProof? best = BestOf(index, proofs);
        SavedCheckpoint? ofBest = best is null ? null : journal.CheckpointAt(best.Size);
        if ((ofBest ?? journal.CheckpointAtOrAfter(index.Value + 1)) is not { } checkpoint) return null;

        Entry entry = MessageWords.Read(journal.ReadEntry(index.Value));
        ProvenEntry proven = Prove(index.Value, checkpoint.Size);
        ProvenEntry genesis = Prove(0, checkpoint.Size);
        AccountId account = entry.Message.Header.Account;
        bool isDelegated = entry.Signed.Signer != account;
        return new ReceiptDocument
        {
            Format = ReceiptDocument.CurrentFormat,
            Space = views.Space.ToString(),
            Index = proven.Index,
            Entry = proven.Entry,
            Proof = proven.Proof,
            Checkpoint = Encoding.UTF8.GetString(checkpoint.Note.Span),
            Genesis = genesis,
            Delegation = isDelegated ? Prove(DelegationBefore(index, entry), checkpoint.Size) : null,
            State = Word(best?.State ?? ProofState.Checkpointed),
            Witnesses = best?.Witnesses,
            Anchor = best?.Anchor,
            Key = KeyOf(entry.Signed.Signer),
            AccountKey = isDelegated ? KeyOf(account) : null,
        };
    }

    // What is worth most, and of that the first: its checkpoint proves the entry, and the rest proves the checkpoint.
    private CheckpointProof? BestOf(EntryIndex index, IEnumerable<CheckpointProof> proofs)
    {
        CheckpointProof[] all =
        [
            .. AnchorsAfter(index),
            .. proofs.Where(each => each.Size > index.Value && journal.CheckpointAt(each.Size) is not null),
        ];
        CheckpointProof? best = all.OrderByDescending(static each => each.State).ThenBy(static each => each.Size)
            .FirstOrDefault();
        return best is null ? null : best with
        {
            Witnesses = all.FirstOrDefault(each => each.Size == best.Size && each.Witnesses is not null)?.Witnesses,
        };
    }

    private static string Word(ProofState state) => state switch
    {
        ProofState.Checkpointed => "checkpointed",
        ProofState.Witnessed => "witnessed",
        ProofState.Anchored => "anchored",
        ProofState.Final => "final",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    // The first anchor in the space's vault that covers the entry, as the journal reports it.
    private CheckpointProof[] AnchorsAfter(EntryIndex index) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT size, height, tx FROM anchor WHERE size > ?1 ORDER BY size LIMIT 1")
            .Bind(1, index.Value);
        CheckpointProof[] found = row.Step() && journal.CheckpointAt(row.Number(0)) is not null
            ? [new CheckpointProof(row.Number(0), ProofState.Final)
            {
                Anchor = new AnchorProof(row.Number(1).ToString(CultureInfo.InvariantCulture), row.Id(2).ToString()),
            }]
            : [];
        row.Reset();
        return found;
    });

    private ProvenEntry Prove(long index, long size) => new(
        index.ToString(CultureInfo.InvariantCulture),
        Encoding.UTF8.GetString(journal.ReadEntry(index).Span),
        [.. journal.ProveInclusion(index, size).Path.Select(static hash => hash.ToString())]);

    // A later delegation of the same key takes the place of an earlier one, so the last before the entry was in force.
    private long DelegationBefore(EntryIndex index, Entry entry) => views.Readers.Read(database => database
        .On("SELECT max(idx) FROM session WHERE signer = ?1 AND account = ?2 AND idx < ?3")
        .Bind(1, entry.Signed.Signer.Value).Bind(2, entry.Message.Header.Account.Value).Bind(3, index.Value).ReadNumber())
        ?? throw new InvalidOperationException($"Entry {index} was signed by a session that nobody delegated to.");

    /// <summary>The P-256 key an account or a session brought, if one did before now.</summary>
    public P256PublicKey? FindKey(AccountId account) =>
        KeyOf(account) is { } text && P256PublicKey.TryRead(Hex.Decode(text), out P256PublicKey key) ? key : null;

    private string? KeyOf(AccountId account) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT xy FROM key WHERE account = ?1").Bind(1, account.Value);
        string? key = row.Step() ? Hex.Encode(row.Bytes(0)) : null;
        row.Reset();
        return key;
    });
}
