using ChainSpace.Client.Receipts;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Tests.Views;

public sealed class ReceiptMakerTests
{
    [Fact]
    public void A_receipt_for_every_entry_proves_it_also_by_a_session_delegated_twice()
    {
        using Village village = new(isSigning: true);
        using Showing showing = new(village);
        village.Register(1);
        village.Register(2);
        PostPoll poll = village.Draft(1);
        Assert.Null(village.Say(poll));
        Assert.Null(village.Say(Delegation(village, "post")));
        Assert.Null(village.Say(Delegation(village, "vote")));
        Assert.Null(village.Say(new Vote(village.HeaderOf(2), village.IdOf(poll), 1), bySession: true));
        Assert.Null(village.Say(Delegation(village, "post")));
        village.SignCheckpoint();
        showing.Fold();

        ReceiptMaker maker = new(showing.Views, village.Journal);
        for (long index = 0; index < village.Entries.Count; index++)
        {
            ReceiptDocument receipt = maker.Make(new EntryIndex(index))!;
            ReceiptCheck check = ReceiptVerification.Verify(receipt, village.Domain.Space);
            Assert.True(check.IsValid, $"{index}: {check.Failing}");
            Assert.Equal(index, check.Proven.Index.Value);
        }
    }

    [Fact]
    public void No_receipt_before_a_checkpoint_covers_the_entry()
    {
        using Village village = new(isSigning: true);
        using Showing showing = new(village);
        village.SignCheckpoint();
        village.Register(1);
        showing.Fold();
        ReceiptMaker maker = new(showing.Views, village.Journal);

        Assert.NotNull(maker.Make(new EntryIndex(0)));
        Assert.Null(maker.Make(new EntryIndex(1)));
        Assert.Null(maker.Make(new EntryIndex(2)));
        village.SignCheckpoint();
        Assert.NotNull(maker.Make(new EntryIndex(1)));
    }

    private static DelegateMessage Delegation(Village village, string scopes) => new(village.HeaderOf(2))
    {
        Audience = "http://localhost",
        Key = [.. village.Session.PublicKey.Span],
        MaximumSpend = new Amount(30),
        Scopes = scopes,
        Until = village.Later(3_600_000),
    };
}
