using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Filters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Finding people by what they can prove, and asking them to take part.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}").WithTags("people");
        group.MapGet("/people", FindAsync).WithName("FindPeople")
            .WithSummary("Accounts that meet a filter by what is public: published attributes, reputation, paid tasks.")
            .ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/accounts/{account}/profile", Profile).WithName("GetProfile")
            .WithSummary("What an account can prove of itself.").ProducesProblem(404);
        group.MapPost("/invitations", InviteAsync).WithName("Invite")
            .WithSummary("Asks an account to take part in a task.")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(429);
        group.MapGet("/accounts/{account}/invitations", InvitationsAsync).WithName("ListInvitations")
            .WithSummary("Invitations of the account, newest first; for the account only.")
            .ProducesProblem(401).ProducesProblem(404);
        group.MapDelete("/accounts/{account}/invitations", ForgetAsync).WithName("DeleteInvitations")
            .WithSummary("Forgets them; for the account only.").ProducesProblem(401).ProducesProblem(404);
    }

    private static async Task<Results<Ok<Page<PersonView>>, ProblemHttpResult>> FindAsync(
        string space, string filter, int? limit, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (!FilterReader.TryRead(Encoding.UTF8.GetBytes(filter), out Filter? read, out FilterFault? fault))
            return EligibilityApi.Problem(fault);
        var ruling = await host.Eligibility.FindAsync(read, Math.Clamp(limit ?? Lists.DefaultLimit, 1, 200));
        if (!ruling.IsAccepted) return EligibilityApi.Problem(ruling.Refusal, host.Currency);
        return TypedResults.Ok(new Page<PersonView>([.. ruling.State.Select(id => Profiles.Person(host, id))], null));
    }

    private static Results<Ok<ProfileView>, ProblemHttpResult> Profile(string space, string account, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(account, out Bytes32 id) && Profiles.Of(host, new AccountId(id)) is { } profile
            ? TypedResults.Ok(profile)
            : Knocking.UnknownAccount;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> InviteAsync(
        string space, InvitationBody body, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, body.Account) is { } problem) return problem;
        if (!Bytes32.TryParse(body.To, out Bytes32 to) || host.Reader.Account(new AccountId(to)) is null)
            return Knocking.UnknownAccount;
        bool isFit = Bytes32.TryParse(body.Task, out _) && body.Text.Length <= InvitationStore.TextLimit;
        if (!isFit)
        {
            string words = $"An invitation names a task, with a text of at most {InvitationStore.TextLimit} characters.";
            return Problems.Result(new Refused(400, "wrong_invitation", words));
        }

        EligibilityDesk desk = host.Eligibility;
        desk.Invitations.Add(new Invitation(
            new AccountId(to), new AccountId(Bytes32.Parse(body.Account)), body.Task, body.Text, desk.Door.Now));
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Page<InvitationView>>, ProblemHttpResult>> InvitationsAsync(
        string space, string account, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, account) is { } problem) return problem;
        IEnumerable<Invitation> kept = host.Eligibility.Invitations.Of(new AccountId(Bytes32.Parse(account)));
        return TypedResults.Ok(new Page<InvitationView>(
            [.. kept.Select(static i => new InvitationView(i.Requester.ToString(), i.Task, i.Text, i.At.ToString()))], null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ForgetAsync(
        string space, string account, SpaceDirectory spaces, HttpContext context)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        if (await Knocking.RefuseAsync(context, host, account) is { } problem) return problem;
        host.Eligibility.Invitations.Forget(new AccountId(Bytes32.Parse(account)));
        return TypedResults.NoContent();
    }
}
