using System.Text;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Protocol;
using CsCheck;

namespace ChainSpace.Tests.Client;

public sealed class ReceiptVerificationTests : IDisposable
{
    private static readonly string[] _links = ["space", "checkpoint", "inclusion", "signature", "delegation"];

    private readonly ReceiptStory _story = new();

    [Fact]
    public void Sound_receipts_hold_and_others_fail_at_their_link()
    {
        foreach (ReceiptCase each in _story.Cases) Assert.Equal((each.Name, each.Failing), (each.Name, FailingOf(each.Receipt)));
        Assert.Equal(5, _story.Cases.Count(each => each.Failing is null));
    }

    [Fact]
    public void Every_changed_member_fails_at_its_link()
    {
        foreach (ReceiptCase each in ReceiptMutations.Of(_story))
            Assert.Equal((each.Name, each.Failing), (each.Name, FailingOf(each.Receipt)));
    }

    [Fact]
    public void What_has_no_place_in_a_receipt_is_refused_instead_of_passed_over()
    {
        ReceiptDocument plain = _story["p256"], wallet = _story["wallet"], byWallet = _story["delegated-by-wallet"];
        ReceiptDocument delegated = _story["delegated"];
        Assert.Equal("signature", FailingOf(wallet with { Key = plain.Key }));
        Assert.Equal("delegation", FailingOf(plain with { Delegation = delegated.Delegation }));
        Assert.Equal("delegation", FailingOf(plain with { AccountKey = plain.Key }));
        Assert.Equal("delegation", FailingOf(byWallet with { AccountKey = plain.Key }));
    }

    [Fact]
    public void A_valid_receipt_says_what_it_proves()
    {
        ReceiptCheck check = ReceiptVerification.Verify(_story["delegated"], _story.Journal.Space);
        Assert.True(check.IsValid);
        Assert.Equal(_links, check.Links.Select(link => link.Name));
        Assert.Equal(_story.Alice.Account, check.Proven.Entry.Message.Header.Account);
        Assert.Equal(_story.Journal.Size, check.Proven.Size);
        Assert.Equal(_story.Journal.Space, check.Proven.Space);
    }

    [Fact]
    public void A_receipt_of_another_space_than_expected_is_refused()
    {
        ReceiptCheck check = ReceiptVerification.Verify(_story["p256"], new SpaceId(Bytes32.Read(SmallJournal.Fill(8))));
        Assert.Equal("space", check.Failing);
        Assert.Null(check.Proven);
    }

    [Fact]
    public void Links_behind_a_broken_one_are_not_said_to_hold()
    {
        foreach (ReceiptCase each in _story.Cases.Concat(ReceiptMutations.Of(_story)).Where(each => each.Failing is not null))
        {
            ReceiptCheck check = ReceiptVerification.Verify(each.Receipt, expected: null);
            int broken = Array.IndexOf(_links, each.Failing);
            Assert.Equal(_links, check.Links.Select(link => link.Name));
            Assert.All(check.Links, (link, place) => Assert.Equal(place < broken, link.IsOk));
            Assert.All(check.Links.Skip(broken + 1), link => Assert.IsType<ReceiptFault.NotReached>(link.Fault));
        }
    }

    [Fact]
    public void Any_flipped_bit_of_the_entry_breaks_the_inclusion()
    {
        ReceiptDocument valid = _story["p256"];
        Gen.Select(Gen.Int[0, valid.Entry.Length - 1], Gen.Int[0, 6]).Sample((at, bit) =>
        {
            char[] entry = valid.Entry.ToCharArray();
            entry[at] ^= (char)(1 << bit);
            Assert.Equal("inclusion", FailingOf(valid with { Entry = new string(entry) }));
        }, iter: 2_000);
    }

    [Theory]
    [InlineData("p256")]
    [InlineData("wallet")]
    [InlineData("delegated")]
    public void No_changed_character_of_the_file_leaves_it_valid(string name)
    {
        string valid = JsonSerializer.Serialize(_story[name], ClientJson.Default.ReceiptDocument);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Char[' ', '~']).Sample((at, letter) =>
        {
            ReceiptDocument? changed = Read(valid[..at] + letter + valid[(at + 1)..]);
            // An escape has two spellings; what it says is the same then.
            if (changed is null || JsonSerializer.Serialize(changed, ClientJson.Default.ReceiptDocument) == valid) return;
            Assert.False(ReceiptVerification.Verify(changed, expected: null).IsValid, $"{at}: {letter}");
        }, iter: 2_000);
    }

    [Fact]
    public void Hostile_members_are_refused_without_an_exception()
    {
        ReceiptDocument valid = _story["delegated"];
        string cut = "{\"message\":{\"type\":\"Vote\"";
        string[] texts = [null!, "", "0", "0x", "\ud800", "\0", new string('9', 40), "{}", cut, "-1"];
        IReadOnlyList<string>[] proofs = [null!, [null!], [""], [.. Enumerable.Repeat(valid.Proof[0], 64)]];
        foreach (string text in texts)
        {
            Refused(valid with { Format = text }, valid with { Space = text }, valid with { Index = text });
            Refused(valid with { Entry = text }, valid with { Checkpoint = text }, valid with { AccountKey = text });
            Refused(valid with { Key = text }, valid with { Genesis = valid.Genesis with { Entry = text } });
            Refused(valid with { Delegation = valid.Delegation! with { Index = text } });
            Refused(valid with { Delegation = valid.Delegation! with { Entry = text } });
        }

        foreach (IReadOnlyList<string> proof in proofs)
            Refused(valid with { Proof = proof }, valid with { Genesis = valid.Genesis with { Proof = proof } });
        Refused(valid with { Genesis = null! });
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_pass_for_a_replacement_character()
    {
        ReceiptDocument valid = _story["p256"];
        Assert.IsType<ReceiptFault.Unreadable>(
            ReceiptVerification.Verify(valid with { Checkpoint = valid.Checkpoint + "\ud800" }, null).Links[1].Fault);
    }

    [Fact]
    public void Each_link_is_put_into_words()
    {
        StringBuilder story = new();
        foreach (ReceiptCase each in _story.Cases)
        {
            ReceiptCheck check = ReceiptVerification.Verify(each.Receipt, expected: null);
            story.Append(each.Name).Append('\n');
            foreach (ReceiptLink link in check.Links.Where(link => link.Fault is not ReceiptFault.NotReached))
                story.Append($"  {(link.IsOk ? "holds" : "FAILS")}  {link.Name,-10}  {link.Sentence}\n");
        }

        Snapshot.Matches(story.ToString());
    }

    public void Dispose() => _story.Dispose();

    private static void Refused(params ReceiptDocument[] documents) =>
        Assert.All(documents, document => Assert.False(ReceiptVerification.Verify(document, expected: null).IsValid));

    private static string? FailingOf(ReceiptDocument receipt) => ReceiptVerification.Verify(receipt, expected: null).Failing;

    private static ReceiptDocument? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ClientJson.Default.ReceiptDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
