using System.Text;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Attributes;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Eligibility;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Api;

/// <summary>What people show a node: who is let in by it, who sees it, and that it goes.</summary>
public sealed class AttributesApiTests(PeoplePlace place) : IClassFixture<PeoplePlace>
{
    private const string Asked = """{"all":[{"age":{"ge":18}},{"attribute":{"name":"sex","eq":"f"}}]}""";
    private const string Purpose = "A study of how women of age judge birds.";

    [Fact]
    public async Task Who_shows_what_a_poll_asks_for_is_admitted_and_the_journal_knows_nothing_of_it()
    {
        Person rita = await place.JoinAsync(), anna = await place.JoinAsync();
        PollView poll = await rita.PostAsync(Asked, Purpose);
        Assert.Equal(("admitted", Purpose), (poll.Voters, poll.Content?.Purpose));
        Assert.Equal("not_eligible", (await anna.VoteAsync(poll) as Sent.Refused)?.Code);
        Assert.Equal("filter_not_met", (await anna.ApplyAsync(poll)).Refused?.Code);

        SdJwt held = anna.Hold("sex=f", "date-of-birth=1990-01-02", "religion=quaker");
        await anna.ShowAsync(held, "sex");
        Told<AdmissionView> still = await anna.ApplyAsync(poll);
        Assert.Contains("age at least 18", still.Refused?.Detail, StringComparison.Ordinal);
        await anna.ShowAsync(held, "sex", "date-of-birth");
        string? index = (await anna.ApplyAsync(poll)).Value?.Index;
        Assert.NotNull(index);
        Assert.Null((await anna.ApplyAsync(poll)).Value?.Index);
        Assert.IsType<Sent.Accepted>(await anna.VoteAsync(poll));

        string journal = place.Journal();
        Assert.Contains("\"type\":\"Admit\"", journal, StringComparison.Ordinal);
        // As a word: a hash may have these four digits.
        Assert.DoesNotMatch(@"\b1990\b", journal);
        foreach (string secret in (string[])["quaker", "\"sex\"", "date-of-birth"])
            Assert.DoesNotContain(secret, journal, StringComparison.Ordinal);
        Assert.Contains(Presentation.HashOf(anna.Kept()).ToString(), journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_account_sees_what_is_kept_and_what_it_deletes_is_gone_from_the_file()
    {
        Person anna = await place.JoinAsync(), ben = await place.JoinAsync();
        await anna.ShowAsync(anna.Hold("occupation=beekeeper-of-oz", "religion=none"), "occupation");
        PresentationView kept = Assert.Single((await anna.Attributes.ExportAsync(default)).Value!.Data);
        Assert.Equal(["occupation"], kept.Attributes.Keys);
        Assert.Equal("beekeeper-of-oz", kept.Attributes["occupation"].GetString());
        Assert.True(SdJwt.TryRead(kept.Presentation, out _));
        Told<Page<PresentationView>> foreign = await place.As(ben.Key, anna.Account).ExportAsync(default);
        Assert.Equal("not_bound", foreign.Refused?.Code);
        Assert.Equal("not_bound", (await place.As(ben.Key, anna.Account).DeleteAsync(default))?.Code);

        Assert.Null(await anna.Attributes.DeleteAsync(default));
        Assert.Empty((await anna.Attributes.ExportAsync(default)).Value!.Data);
        foreach (string file in Directory.EnumerateFiles(place.Space.Folder, "people.db*"))
        {
            string bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain(kept.Presentation[..200], bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_presentation_is_taken_once_from_its_holder_for_this_space()
    {
        Person anna = await place.JoinAsync(), ben = await place.JoinAsync();
        SdJwt held = anna.Hold("occupation=nurse");
        ChallengeView challenge = await place.ChallengeAsync();
        string text = new KeyBinding(challenge.Audience, challenge.Nonce, PeoplePlace.Now).Present(held, anna.Key).Text;
        Assert.Equal("not_bound", await place.PresentAsync(ben.Account, text));
        Assert.Equal("", await place.PresentAsync(anna.Account, text));
        Assert.Equal("wrong_nonce", await place.PresentAsync(anna.Account, text));
        KeyBinding foreign = new("chainspace/other", (await place.ChallengeAsync()).Nonce, PeoplePlace.Now);
        string elsewhere = foreign.Present(held, anna.Key).Text;
        Assert.Equal("wrong_audience", await place.PresentAsync(anna.Account, elsewhere));
        string made = new KeyBinding(challenge.Audience, "made-up", PeoplePlace.Now).Present(held, anna.Key).Text;
        Assert.Equal("wrong_nonce", await place.PresentAsync(anna.Account, made));
        Assert.Equal("malformed_credential", await place.PresentAsync(anna.Account, "nonsense"));
        Assert.Equal("not_bound", await place.PresentAsync(anna.Account, held.Text));
    }

    [Fact]
    public async Task What_an_issuer_attests_counts_where_the_filter_names_the_issuer_and_nothing_else_does()
    {
        Person rita = await place.JoinAsync(), anna = await place.JoinAsync();
        using P256Signer school = P256Signer.Create();
        PollView poll = await rita.PostAsync(
            $$$"""{"attribute":{"name":"degree","eq":"msc","issuer":"{{{school.Account}}}"}}""", null);
        await anna.ShowAsync(anna.Hold("degree=msc"), "degree");
        Assert.Equal("filter_not_met", (await anna.ApplyAsync(poll)).Refused?.Code);
        SdJwt attested = HeldAttributes.Attest(school, anna.Key.Key, HeldAttributes.Read(["degree=msc"]), PeoplePlace.Now);
        await anna.ShowAsync(attested, "degree");
        Assert.NotNull((await anna.ApplyAsync(poll)).Value?.Index);
    }

    [Fact]
    public async Task A_session_with_the_scope_account_speaks_for_a_wallet()
    {
        Person rita = await place.JoinAsync();
        (P256Signer session, AccountId wallet) = await place.WalletWithSessionAsync();
        AttributeSession attributes = place.As(session, wallet);
        SdJwt held = HeldAttributes.State(session, HeldAttributes.Read(["occupation=nurse"]), PeoplePlace.Now);
        Assert.NotNull((await attributes.ShowAsync(held, static _ => true, isPublished: false, default)).Value);
        PollView poll = await rita.PostAsync("""{"attribute":{"name":"occupation","eq":"nurse"}}""", null);
        Assert.NotNull((await attributes.ApplyAsync(new TaskId(Bytes32.Parse(poll.Id)), default)).Value?.Index);
    }

    [Theory]
    [InlineData(Asked, null, "needs a purpose")]
    [InlineData(Asked, "why not", "needs a purpose")]
    [InlineData("""{"age":{"ge":"x"}}""", Purpose, "/age/ge")]
    [InlineData(null, null, "needs a filter")]
    public async Task A_poll_that_asks_wrongly_is_refused(string? filter, string? purpose, string because)
    {
        Person rita = await place.JoinAsync();
        Sent.Refused refused = Assert.IsType<Sent.Refused>(await rita.TryPostAsync(filter, purpose));
        Assert.Equal("wrong_content", refused.Code);
        Assert.Contains(because, refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_are_not_counted_and_nobody_asks_more_than_so_often_a_day()
    {
        Person rita = await place.JoinAsync();
        JsonElement filter = JsonDocument.Parse("""{"attribute":{"name":"occupation","eq":"astronaut"}}""").RootElement;
        for (int asked = 0; asked < EligibilityDesk.QuestionsPerDay; asked++)
            Assert.Equal("too_few", (await rita.Attributes.CountAsync(filter, null, default)).Refused?.Code);
        Assert.Equal("no_questions_left", (await rita.Attributes.CountAsync(filter, null, default)).Refused?.Code);
        JsonElement sensitive = JsonDocument.Parse(Asked).RootElement;
        Assert.Equal("purpose_needed", (await rita.Attributes.CountAsync(sensitive, null, default)).Refused?.Code);
    }

    [Fact]
    public async Task People_are_found_by_what_is_public_and_never_by_what_they_only_showed()
    {
        Person anna = await place.JoinAsync("skill=weaving|spinning"), ben = await place.JoinAsync();
        await ben.ShowAsync(ben.Hold("skill=weaving"), "skill");
        const string filter = """{"attribute":{"name":"skill","has":"weaving"}}""";
        // Whoever is new is found within seconds.
        Page<PersonView> found = await PeoplePlace.UntilAsync(
            async () => await place.Client.PeopleAsync(PeoplePlace.Name, filter, default), static page => page.Data.Count > 0);
        Assert.Equal([anna.Account.ToString()], found.Data.Select(static person => person.Id));
        NodeRefusalException no = await Assert.ThrowsAsync<NodeRefusalException>(() =>
            place.Client.PeopleAsync(PeoplePlace.Name, """{"age":{"ge":18}}""", default));
        Assert.Equal("sensitive", no.Refused.Code);
    }

    [Fact]
    public async Task Who_takes_something_back_is_not_found_by_it_any_more_at_once()
    {
        Person anna = await place.JoinAsync(), ben = await place.JoinAsync(), cleo = await place.JoinAsync();
        foreach (Person each in (Person[])[anna, ben, cleo]) await ShowAsync(each, isPublished: true);
        string[] all = [anna.Account.ToString(), ben.Account.ToString(), cleo.Account.ToString()];
        await PeoplePlace.UntilAsync(FindAsync, found => found.Length == all.Length);

        Assert.Null(await anna.Attributes.DeleteAsync(default));
        Assert.Equal(all[1..], await FindAsync());
        await ShowAsync(ben, isPublished: false);
        Assert.Equal(all[2..], await FindAsync());
        await ShowAsync(cleo, isPublished: true);
        Assert.Equal(all[2..], await FindAsync());

        static async Task ShowAsync(Person person, bool isPublished) => Assert.NotNull((await person.Attributes.ShowAsync(
            person.Hold("craft=lute-making"), static _ => true, isPublished, default)).Value);
        async Task<string[]?> FindAsync() => [.. (await place.Client.PeopleAsync(
            PeoplePlace.Name, """{"attribute":{"name":"craft","eq":"lute-making"}}""", default)).Data.Select(static p => p.Id)];
    }

    [Fact]
    public async Task A_profile_shows_what_was_earned_and_what_was_published_only()
    {
        Person rita = await place.JoinAsync(), anna = await place.JoinAsync();
        PollView poll = await rita.PostAsync("""{"receipts":{"category":"general","ge":0}}""", null);
        Assert.NotNull((await anna.ApplyAsync(poll)).Value);
        Assert.IsType<Sent.Accepted>(await anna.VoteAsync(poll));
        await rita.CloseAsync(poll);
        SdJwt held = anna.Hold("degree=msc", "religion=none");
        Told<PresentationView> sensitive = await anna.Attributes.ShowAsync(held, static _ => true, isPublished: true, default);
        Assert.Equal("sensitive", sensitive.Refused?.Code);
        await anna.Attributes.ShowAsync(held, static d => d.Name == "degree", isPublished: true, default);
        ProfileView profile = await PeoplePlace.UntilAsync(
            () => place.Client.ProfileAsync(PeoplePlace.Name, anna.Account.ToString(), default),
            static view => view.Receipts.Count > 0);
        Assert.Equal([new ReceiptCountView("general", 1)], profile.Receipts);
        CredentialView credential = Assert.Single(profile.Credentials);
        Assert.Equal((true, "degree"), (credential.IsSelfStated, Assert.Single(credential.Attributes.Keys)));
        Assert.Contains(profile.Entries, static entry => entry.Type == "Vote");
    }

    [Fact]
    public async Task An_invitation_reaches_the_invited_alone()
    {
        Person rita = await place.JoinAsync(), anna = await place.JoinAsync();
        PollView poll = await rita.PostAsync("""{"receipts":{"category":"general","ge":0}}""", null);
        Assert.Null(await rita.Attributes.InviteAsync(anna.Account, new TaskId(Bytes32.Parse(poll.Id)), "Please.", default));
        InvitationView one = Assert.Single((await anna.Attributes.InvitationsAsync(default)).Value!.Data);
        Assert.Equal((rita.Account.ToString(), poll.Id, "Please."), (one.From, one.Task, one.Text));
        Assert.Equal("not_bound", (await place.As(rita.Key, anna.Account).InvitationsAsync(default)).Refused?.Code);
    }
}
