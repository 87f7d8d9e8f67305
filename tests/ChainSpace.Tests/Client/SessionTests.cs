using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;
using DelegateMessage = ChainSpace.Protocol.Messages.Delegate;

namespace ChainSpace.Tests.Client;

public sealed class SessionTests : IDisposable
{
    private const string Taken = ScriptedNode.Taken;

    private static readonly TaskId _poll = new(Bytes32.Read(SmallJournal.Fill(9)));

    private readonly SmallJournal _journal = new();
    private readonly P256Signer _alice = P256Signer.FromPrivateKey(SmallJournal.Fill(4));
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(SmallJournal.Start.Milliseconds));

    [Fact]
    public void Every_message_has_a_nonce_of_its_own_and_ten_minutes()
    {
        using Author author = NewAuthor(_alice);
        Envelope[] messages = [.. Enumerable.Range(0, 100).Select(_ => author.VoteOpenly(_poll, 1))];
        Assert.Equal(100, messages.Select(message => message.Message.Header.Nonce).Distinct().Count());
        long expires = SmallJournal.Start.Milliseconds + 600_000;
        Assert.All(messages, message => Assert.Equal(expires, message.Message.Header.Expires.Milliseconds));
    }

    [Fact]
    public void Whatever_an_author_writes_is_canonical_and_signed_by_its_key()
    {
        using Author author = NewAuthor(_alice);
        PollDraft draft = Draft();
        DelegationTerms terms = new("http://localhost:8080", SmallJournal.Start);
        Envelope[] messages =
        [
            author.Register("country=DE"), author.Post(draft), author.VoteOpenly(_poll, 1), author.Cancel(_poll),
            author.VoteSealed(_poll, 1).Message, author.Open(_poll, new Opening(1, default)), author.Close(_poll),
            author.Erase(_poll), author.Delegate(_alice.Key, terms), author.Revoke(_alice.Account),
        ];
        foreach (Envelope message in messages)
        {
            Assert.True(Envelope.TryRead(message.ToBytes(), out Envelope? read, out _), message.Message.Type);
            Assert.Equal(message.ToBytes(), read.ToBytes());
            Assert.Equal(SignatureAnswer.Valid, Check(message, _alice));
        }
    }

    [Fact]
    public void A_sealed_vote_opens_with_the_key_of_the_space_to_what_was_committed()
    {
        using Author author = NewAuthor(_alice);
        using SealingKey key = SealingKey.FromPrivateKey(SmallJournal.Fill(3));
        foreach (uint choice in (uint[])[0, 1, 99])
        {
            SealedBallot ballot = author.VoteSealed(_poll, choice);
            SealedVote vote = Assert.IsType<SealedVote>(ballot.Message.Message);
            Assert.True(key.TryOpen(vote.Opening.AsSpan(), vote.Commitment, out byte[]? plain));
            Opening opening = new(BinaryPrimitives.ReadUInt32BigEndian(plain), Bytes32.Read(plain.AsSpan(4)));
            Assert.Equal((choice, ballot.Opening), (opening.Choice, opening));
            Assert.Equal(vote.Commitment, _journal.Domain.Commitment(_poll, _alice.Account, opening));
            Assert.DoesNotContain(opening.Salt.ToString(), ballot.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_posted_poll_names_the_salted_hash_of_its_content()
    {
        using Author author = NewAuthor(_alice);
        Envelope first = author.Post(Draft()), second = author.Post(Draft());
        PostPoll post = Assert.IsType<PostPoll>(first.Message);
        Assert.Equal(post.Content, Bytes32.Read(SHA256.HashData(first.Attachment.AsSpan())));
        Assert.NotEqual(post.Content, ((PostPoll)second.Message).Content);
        PollContent? content = JsonSerializer.Deserialize(first.Attachment.AsSpan()[32..], ClientJson.Default.PollContent);
        Assert.Equal("Überraschung?", content?.Title);
        Assert.Equal((2u, "sealed", "open", "majority"), (post.Options, post.Voting, post.Voters, post.Payout));
    }

    [Fact]
    public void Named_voters_are_sorted()
    {
        using Author author = NewAuthor(_alice);
        AccountId high = new(Bytes32.Read(SmallJournal.Fill(8))), low = new(Bytes32.Read(SmallJournal.Fill(2)));
        PostPoll post = (PostPoll)author.Post(Draft() with { Named = [high, low] }).Message;
        Assert.Equal("named", post.Voters);
        Assert.Equal([low, high], post.Named);
    }

    [Theory]
    [InlineData("sealed", typeof(SealedVote))]
    [InlineData("open", typeof(Vote))]
    public async Task The_poll_decides_how_one_votes(string voting, Type expected)
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(Taken));
        using SpaceSession session = new(node.Client(), View(), _alice, _time);
        Assert.IsType<Sent.Accepted>(await session.VoteAsync(Poll(voting), 1, default));
        Assert.IsType(expected, Sent(node, 0).Message);
    }

    [Fact]
    public async Task A_voter_can_open_the_vote_he_cast_and_no_other()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(Taken));
        using SpaceSession session = new(node.Client(), View(), _alice, _time);
        await session.VoteAsync(Poll("sealed"), 1, default);
        await session.OpenAsync(_poll, default);
        OpenVote open = Assert.IsType<OpenVote>(Sent(node, 1).Message);
        Bytes32 commitment = _journal.Domain.Commitment(_poll, _alice.Account, new Opening(open.Choice, open.Salt));
        Assert.Equal(commitment, ((SealedVote)Sent(node, 0).Message).Commitment);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => session.OpenAsync(default, default));
    }

    [Fact]
    public async Task A_delegated_session_speaks_for_the_account_with_its_own_key()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(Taken));
        using SpaceSession owner = new(node.Client(), View(), _alice, _time);
        DelegationTerms terms = new("http://localhost:8080", SmallJournal.Start) { MaximumSpend = new Amount(5) };
        Delegated.Granted granted = Assert.IsType<Delegated.Granted>(await owner.DelegateAsync(terms, default));
        using SpaceSession session = granted.Session;
        await session.VoteAsync(Poll("open"), 1, default);

        DelegateMessage delegation = Assert.IsType<DelegateMessage>(Sent(node, 0).Message);
        Envelope vote = Sent(node, 1);
        Assert.Equal(_alice.Account, vote.Message.Header.Account);
        Assert.Equal(P256PublicKey.Read(delegation.Key.AsSpan()).Account, vote.Signer);
        Assert.Equal((new Amount(5), "post,vote"), (delegation.MaximumSpend, delegation.Scopes));
        Register register = (Register)session.Author.Register("").Message;
        Assert.Equal(_alice.PublicKey.ToArray(), register.Key);
    }

    [Fact]
    public async Task A_refused_delegation_gives_no_session()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json("{\"status\":403,\"code\":\"no\"}", 403));
        using SpaceSession owner = new(node.Client(), View(), _alice, _time);
        Delegated answer = await owner.DelegateAsync(new DelegationTerms("", SmallJournal.Start), default);
        Assert.Equal(403, Assert.IsType<Delegated.Refused>(answer).Answer.Status);
    }

    [Fact]
    public void A_signature_for_a_space_on_a_chain_is_for_that_chain_and_factory()
    {
        SpaceView view = View() with { Network = "mainnet", ChainId = "1", Factory = new Bytes32().ToString()[..^1] + "7" };
        using Author author = new(view, _alice, _time);
        Assert.Equal(
            new Domain(author.Domain.Space, 1, Bytes32.Parse(view.Factory)).Commitment(default, default, default),
            author.Domain.Commitment(default, default, default));
    }

    public void Dispose()
    {
        _journal.Dispose();
        _alice.Dispose();
    }

    private static Envelope Sent(ScriptedNode node, int place)
    {
        byte[] line = System.Text.Encoding.UTF8.GetBytes(node.Requests[place].Body);
        Assert.True(Envelope.TryRead(line, out Envelope? envelope, out _));
        return envelope;
    }

    private static PollDraft Draft() => new()
    {
        Title = "Überraschung?",
        Options = ["Yes", "No"],
        Reward = new Amount(100),
        Deadline = SmallJournal.Start,
    };

    private Author NewAuthor(Signer signer) => new(View(), signer, _time);

    private SignatureAnswer Check(Envelope message, P256Signer signer)
    {
        P256Verifier verifier = new(new KeyDirectory(), new P256KeyCache(16));
        return verifier.Verify(signer.Key, message.Signature.AsSpan(), TypedData.Digest(_journal.Domain, message.Message).Value);
    }

    private SpaceView View() => new()
    {
        Id = _journal.Space.ToString(),
        Name = "demo",
        Network = "sovereign",
        ChainId = "0",
        Factory = default(Bytes32).ToString(),
        Currency = "points",
        Decimals = 2,
        Operator = _journal.Operator.Account.ToString(),
        Grant = "10000",
        Origin = _journal.Origin,
        CheckpointKey = "",
        SealingKey = Hex.Encode(_journal.SealingKey.ToArray()),
        Size = "1",
        Polls = "0",
        Accounts = "1",
    };

    private static PollView Poll(string voting) => new()
    {
        Id = _poll.ToString(),
        Index = "1",
        Requester = "",
        Category = "general",
        ContentHash = "",
        Options = 2,
        Reward = "100",
        Payout = "majority",
        Aggregation = "majority",
        Voting = voting,
        Voters = "open",
        Sample = 0,
        Minimum = 1,
        Maximum = 9,
        Confidence = 0,
        Posted = "0",
        Deadline = "0",
        State = "voting",
        Votes = 0,
    };
}
