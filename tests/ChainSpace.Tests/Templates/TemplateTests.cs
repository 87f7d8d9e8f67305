using System.Collections.Immutable;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Templates;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Tests.House;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Templates;

public sealed class TemplateTests
{
    public static TheoryData<string> Polls => [.. Named("poll")];

    [Fact]
    public void There_is_one_for_each_use() => Assert.Equal(
        ["census", "coding", "homework", "insurance-claim", "labelling", "moderation", "translation", "writing-review"],
        TaskTemplate.All.Select(static each => each.Name));

    [Fact]
    public void A_template_is_a_poll_with_terms_or_a_job_with_words() => Assert.All(TaskTemplate.All, static each =>
    {
        Assert.Contains(each.Kind, (string[])["poll", "job"]);
        Assert.Equal(each.Kind == "job", each.Job is not null);
        Assert.Equal(each.Kind == "poll", each.Options.Count > 0);
        Assert.True(Slug.IsSlug(each.Category));
        Assert.InRange(each.Title.Length, 1, 200);
        Assert.DoesNotContain('[', each.InstructionForItems);
        Assert.NotEmpty(each.InstructionForItems);
        Assert.Equal(each.Instruction.Contains('['), each.Unfilled is not null);
    });

    [Theory]
    [MemberData(nameof(Polls))]
    public void The_rules_take_a_poll_of_each_template(string name)
    {
        World world = World.Founded();
        PollDraft draft = Drafted(name, world);

        Assert.Null(world.Apply(draft.ToMessage(world.By("rita"), draft.Attachment(default))));
        Assert.Equal(TaskTemplate.All.First(each => each.Name == name).Maximum, draft.Maximum);
    }

    [Theory]
    [MemberData(nameof(Polls))]
    public void What_is_said_wins_over_each_template_and_the_rules_take_that_too(string name)
    {
        World world = World.Founded();
        PollDraft draft = Drafted(name, world, "--max", "--category", "--payout", "--confidence", "--deadline");

        Assert.Equal((2u, "general", "majority", 0u), (draft.Maximum, draft.Category, draft.Payout, draft.Confidence));
        Assert.Null(world.Apply(draft.ToMessage(world.By("rita"), draft.Attachment(default))));
    }

    [Fact]
    public void The_page_for_people_says_what_the_templates_say()
    {
        const string page = "docs/templates.md";
        string found = TemplateWords.Page(TaskTemplate.All);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(Repository.Full(page), found);
        Assert.Equal(found, Repository.Read(page));
    }

    private static IEnumerable<string> Named(string kind) =>
        TaskTemplate.All.Where(each => each.Kind == kind).Select(static each => each.Name);

    // As somebody who says only a title, a reward, and these options with other values than the template's.
    private static PollDraft Drafted(string name, World world, params string[] said)
    {
        TaskTemplate template = TaskTemplate.All.First(each => each.Name == name);
        PollDraft draft = new()
        {
            Title = template.Title,
            Format = template.Format,
            Options = template.Options.ToImmutableArray(),
            Reward = new Amount(1000),
            Deadline = new Moment(world.Now + World.Hour),
            Maximum = 2,
        };
        return template.Over(draft, said.Contains, DateTimeOffset.FromUnixTimeMilliseconds(world.Now));
    }
}
