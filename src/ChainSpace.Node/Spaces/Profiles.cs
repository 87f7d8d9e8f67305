using ChainSpace.Client.Reading;
using ChainSpace.Node.Eligibility;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Spaces;

/// <summary>What accounts can prove of themselves, put together from all that the node keeps of them.</summary>
internal static class Profiles
{
    private const int EntriesShown = 20;

    /// <summary>Null where there is no such account.</summary>
    public static ProfileView? Of(SpaceHost host, AccountId id)
    {
        if (host.Reader.Account(id) is not { } view) return null;
        IEnumerable<Presentation> published = host.Eligibility.Attributes.Of(id).Where(static each => each.IsPublished);
        Moment now = host.Eligibility.Door.Now;
        return new ProfileView
        {
            Id = view.Id,
            Attributes = view.Attributes,
            Reputation = view.Reputation,
            Receipts = Receipts(host, id),
            Party = host.Jobs.Party(id),
            Entries = host.Reader.History(id, new PageQuery(Limit: EntriesShown)).State?.Data ?? [],
            Credentials = [.. published.Where(each => now < each.Credential.Expires).Select(PresentationShows.Published)],
        };
    }

    /// <summary>An account that is known to exist, by what everybody may know.</summary>
    public static PersonView Person(SpaceHost host, AccountId id)
    {
        AccountView view = host.Reader.Account(id)!;
        return new PersonView(view.Id, view.Attributes, view.Reputation, Receipts(host, id));
    }

    private static ReceiptCountView[] Receipts(SpaceHost host, AccountId id) =>
        [.. host.Reader.Applicant(id)!.Receipts.OrderBy(static each => each.Key, StringComparer.Ordinal)
            .Select(static each => new ReceiptCountView(each.Key, each.Value))];
}
