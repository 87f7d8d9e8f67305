using ChainSpace.Journal.Check;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Tests.Audit;

/// <summary>One honest journal, and everything a cheating operator who holds the keys might do to it.</summary>
public sealed class AuditTests(AuditedSpace space) : IClassFixture<AuditedSpace>
{
    [Fact]
    public async Task An_honest_journal_is_right_from_the_first_entry_to_the_last()
    {
        using FolderSource source = new(space.Folder);
        List<long> seen = [];
        AuditOptions options = new() { Space = space.Keys.Space };
        AuditReport report = await Auditor.RunAsync(source, options, new Seen(seen), default);

        Assert.Null(report.Fault);
        Assert.InRange(space.Entries.Count, 300, 1_000);
        Assert.Equal((space.Entries.Count, space.Keys.Space), (report.Entries, report.Space));
        Assert.Equal((space.Entries.Count, space.StateHash), (report.Checkpoint, report.StateHash));
        Assert.InRange(report.Checkpoints, 20, 100);
        Assert.Equal(space.Entries.Count, seen[^1]);
        foreach (Type kind in (Type[])[typeof(Tick), typeof(ReportBlock), typeof(Openings), typeof(Conclude), typeof(SealedVote)])
            Assert.Contains(space.Entries, leaf => AuditedSpace.Read(leaf).Message.GetType() == kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(256)]
    public async Task A_mark_tells_the_root_at_its_size(int size)
    {
        MerkleFrontier tree = new();
        foreach (byte[] entry in space.Entries.Take(size)) tree.Append(MerkleHash.Leaf(entry));
        using FolderSource source = new(space.Folder);
        AuditReport report = await Auditor.RunAsync(source, new AuditOptions { MarkAt = size }, null, default);
        Assert.Equal((size, tree.Root()), (report.Mark!.Size, report.Mark.Root));
    }

    [Fact]
    public async Task There_is_no_mark_beyond_the_end_and_none_of_a_journal_that_is_wrong()
    {
        AuditOptions beyond = new() { MarkAt = space.Entries.Count + 1 };
        using FolderSource source = new(space.Folder);
        Assert.Null((await Auditor.RunAsync(source, beyond, null, default)).Mark);
        using Forgery forgery = Forgery.Tampered(space, "UPDATE entry SET bytes = x'00' WHERE idx = 77");
        Assert.Null((await forgery.AuditAsync(new AuditOptions { MarkAt = 40 })).Mark);
    }

    [Fact]
    public async Task A_journal_of_another_space_is_named_at_once()
    {
        SpaceId other = new(Bytes32.Parse("0x" + new string('7', 64)));
        using Forgery copy = Forgery.Rebuilt(space, space.Entries);
        AuditReport report = await copy.AuditAsync(new AuditOptions { Space = other });
        Assert.Equal(new AuditFault.WrongSpace(space.Keys.Space, other), report.Fault);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(255)]
    public async Task A_flipped_bit_is_found_in_its_entry(int index)
    {
        byte[] changed = [.. space.Entries[index]];
        changed[^40] ^= 1;
        string bytes = Convert.ToHexString(changed);
        using Forgery forgery = Forgery.Tampered(space, $"UPDATE entry SET bytes = x'{bytes}' WHERE idx = {index}");
        Assert.Equal(Changed(index), (await forgery.AuditAsync()).Fault);
    }

    [Fact]
    public async Task A_flipped_bit_is_found_even_where_the_tree_was_made_to_fit()
    {
        int index = space.Find<Vote>(100);
        List<byte[]> entries = [.. space.Entries];
        entries[index] = [.. entries[index]];
        entries[index][^1] ^= 1;
        using Forgery forgery = Forgery.Rebuilt(space, entries);
        Assert.Equal(new AuditFault.NotCanonical(new EntryIndex(index)), (await forgery.AuditAsync()).Fault);
    }

    [Fact]
    public async Task A_dropped_entry_is_found_where_it_was()
    {
        using Forgery forgery = Forgery.Tampered(
            space,
            "DELETE FROM entry WHERE idx = 50",
            "UPDATE entry SET idx = -idx WHERE idx > 50",
            "UPDATE entry SET idx = -idx - 1 WHERE idx < 0",
            "UPDATE head SET size = size - 1");
        Assert.Equal(Changed(50), (await forgery.AuditAsync()).Fault);
    }

    [Fact]
    public async Task A_dropped_vote_is_found_even_where_the_tree_was_made_to_fit()
    {
        // With a vote less the poll does not end when its requester's next message came.
        int vote = space.Find<SealedVote>();
        using Forgery forgery = Forgery.Rebuilt(space, space.Entries.Where((_, index) => index != vote));
        AuditReport report = await forgery.AuditAsync();
        Assert.IsType<AuditFault.Refused>(report.Fault);
        Assert.Equal(space.Find<Openings>() - 1, AuditWords.Index(report.Fault));
    }

    [Fact]
    public async Task A_cut_journal_is_found_by_a_checkpoint_kept_from_before()
    {
        using Forgery forgery = await ConsistentAsync(space.Entries.Take(200));
        AuditFault? fault = (await forgery.AuditAsync(new AuditOptions { Since = space.Newest })).Fault;
        Assert.Equal(new AuditFault.HistoryChanged(space.Entries.Count), fault);
    }

    [Fact]
    public async Task Another_history_is_found_by_a_checkpoint_kept_from_before()
    {
        // Two that registered at the same moment change places: a journal that is right in itself.
        List<byte[]> entries = [.. space.Entries.Take(20)];
        (entries[3], entries[4]) = (entries[4], entries[3]);
        using Forgery forgery = await ConsistentAsync(entries);
        AuditFault? fault = (await forgery.AuditAsync(new AuditOptions { Since = space.First.Note })).Fault;
        Assert.Equal(new AuditFault.HistoryChanged(space.First.Size), fault);
    }

    [Fact]
    public async Task A_wrong_payout_is_found_by_the_checkpoint_that_vouches_for_it()
    {
        Bytes32 bent = Bytes32.Parse("0x" + new string('b', 64));
        using Forgery forgery = Forgery.Rebuilt(space, space.Entries, bent);
        AuditFault? fault = (await forgery.AuditAsync()).Fault;
        Assert.Equal(new AuditFault.WrongState(space.Entries.Count, bent, space.StateHash), fault);
    }

    [Fact]
    public async Task A_checkpoint_of_another_key_is_not_believed()
    {
        using Forgery forgery = Forgery.Tampered(
            space, "UPDATE checkpoint SET note = CAST(replace(CAST(note AS TEXT), 'chainspace/', 'chainspacE/') AS BLOB)");
        Assert.IsType<AuditFault.WrongCheckpoint>((await forgery.AuditAsync()).Fault);
    }

    [Fact]
    public async Task A_back_dated_entry_is_found()
    {
        int index = space.Find<Vote>(150);
        Entry entry = AuditedSpace.Read(space.Entries[index]);
        Moment before = AuditedSpace.Read(space.Entries[index - 1]).Moment, early = new(before.Milliseconds - 1);
        using Forgery forgery = Forgery.Rebuilt(space, With(index, entry with { Moment = early }));
        Assert.Equal(new AuditFault.BackDated(new EntryIndex(index), early, before), (await forgery.AuditAsync()).Fault);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(260)]
    public async Task A_forged_signature_is_found(int from)
    {
        int index = space.Find<Vote>(from);
        Entry entry = AuditedSpace.Read(space.Entries[index]);
        byte[] signature = [.. entry.Signed.Signature];
        signature[20] ^= 1;
        using Forgery forgery = Forgery.Rebuilt(
            space, With(index, entry with { Signed = entry.Signed with { Signature = [.. signature] } }));
        AuditFault? fault = (await forgery.AuditAsync()).Fault;
        Assert.Equal(new AuditFault.BadSignature(new EntryIndex(index), SignatureAnswer.Forged), fault);

        // Who does not look at signatures still finds that a later block speaks of another journal.
        AuditFault? other = (await forgery.AuditAsync(new AuditOptions { HasSignatures = false })).Fault;
        Assert.IsType<AuditFault.WrongBlock>(other);
    }

    [Fact]
    public async Task A_changed_choice_is_found_by_its_signature()
    {
        int index = space.Find<Vote>(200);
        Entry entry = AuditedSpace.Read(space.Entries[index]);
        Vote vote = (Vote)entry.Message;
        Entry changed = entry with { Signed = entry.Signed with { Message = vote with { Choice = 2 } } };
        using Forgery forgery = Forgery.Rebuilt(space, With(index, changed));
        Assert.Equal(index, AuditWords.Index((await forgery.AuditAsync()).Fault!));
    }

    [Fact]
    public async Task A_second_vote_of_the_same_account_is_found()
    {
        int index = space.Find<Vote>(200, vote => vote.Choice == 1);
        Entry first = AuditedSpace.Read(space.Entries[index]);
        Vote vote = (Vote)first.Message;
        Envelope again = space.Voter(vote.Header.Account).Sign(
            header => vote with { Choice = 0, Header = header with { Expires = vote.Header.Expires } });
        List<byte[]> entries = [.. space.Entries];
        entries.Insert(index + 1, new Entry(again, first.Moment).ToBytes());
        using Forgery forgery = Forgery.Rebuilt(space, entries);
        AuditFault expected = new AuditFault.Refused(
            new EntryIndex(index + 1), new Refusal.AlreadyVoted(new EntryIndex(index)));
        Assert.Equal(expected, (await forgery.AuditAsync()).Fault);
    }

    [Fact]
    public async Task A_block_with_a_root_of_choice_is_found()
    {
        int index = space.Find<ReportBlock>();
        Entry entry = AuditedSpace.Read(space.Entries[index]);
        ReportBlock block = (ReportBlock)entry.Message;
        Entry bent = Said(block with { Root = Bytes32.Parse("0x" + new string('c', 64)) }, entry.Moment);
        using Forgery forgery = Forgery.Rebuilt(space, With(index, bent));
        AuditFault? fault = (await forgery.AuditAsync()).Fault;
        Assert.Equal(new AuditFault.WrongBlock(new EntryIndex(index), (long)block.Size), fault);
    }

    [Fact]
    public async Task Votes_the_operator_does_not_open_are_missed()
    {
        int index = space.Find<Openings>();
        Entry opening = AuditedSpace.Read(space.Entries[index]);
        Moment later = new(opening.Moment.Milliseconds + Limits.OpeningMilliseconds);
        Header header = new(space.Keys.Operator.Account, 1_000_000, new Moment(later.Milliseconds + 1));
        using Forgery forgery = Forgery.Rebuilt(space, [.. space.Entries.Take(index), Said(new Tick(header), later).ToBytes()]);
        AuditFault.Withheld fault = Assert.IsType<AuditFault.Withheld>((await forgery.AuditAsync()).Fault);
        Assert.Equal((index, 0, 5), (fault.Entry.Value, fault.Opened, fault.Votes));
    }

    [Fact]
    public async Task A_moment_beyond_the_calendar_is_named_and_not_fatal()
    {
        int index = space.Find<Vote>(30);
        Entry entry = AuditedSpace.Read(space.Entries[index]);
        using Forgery forgery = Forgery.Rebuilt(space, With(index, entry with { Moment = new Moment(long.MaxValue) }));
        Assert.Equal(index, AuditWords.Index((await forgery.AuditAsync()).Fault!));
    }

    [Fact]
    public async Task A_folder_without_a_journal_cannot_be_read()
    {
        using Forgery nothing = Forgery.Tampered(space);
        File.Delete(Path.Combine(nothing.Folder, "journal.db"));
        await Assert.ThrowsAsync<UnreadableJournalException>(() => nothing.AuditAsync());
    }

    private static AuditFault Changed(long index) => new AuditFault.WrongTree(new JournalFault.EntryChanged(index));

    private IEnumerable<byte[]> With(int index, Entry entry) =>
        space.Entries.Select((leaf, place) => place == index ? entry.ToBytes() : leaf);

    private Entry Said(Message message, Moment moment) => new(space.Keys.Sign(message).Envelope, moment);

    // Whole in every way an audit of it alone can see.
    private async Task<Forgery> ConsistentAsync(IEnumerable<byte[]> entries)
    {
        Bytes32 state;
        using (Forgery probe = Forgery.Rebuilt(space, entries))
            state = Assert.IsType<AuditFault.WrongState>((await probe.AuditAsync()).Fault).Computed;
        Forgery forgery = Forgery.Rebuilt(space, entries, state);
        Assert.Null((await forgery.AuditAsync()).Fault);
        return forgery;
    }

    private sealed class Seen(List<long> sizes) : IProgress<long>
    {
        public void Report(long value) => sizes.Add(value);
    }
}
