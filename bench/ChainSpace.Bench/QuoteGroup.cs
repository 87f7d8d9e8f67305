using System.Globalization;
using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Views;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Bench;

/// <summary>Quotes from the views of a space with a million accounts, for everybody and for those a condition lets in.</summary>
internal sealed class QuoteGroup : IGroup
{
    private const int People = 1_000_000;
    private const int Rounds = 25;
    private const string Common = "translation", Rare = "sanskrit";

    public string Name => "quote";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("chainspace-bench-");
        try
        {
            using ViewStore views = ViewStore.Open(folder.FullName, new SpaceId(default));
            foreach (int[] numbers in Enumerable.Range(0, People).Chunk(10_000)) views.Fold([.. numbers.Select(Join)]);
            using JournalStore journal = JournalStore.Open(new MemoryMedium());
            return Task.FromResult<IReadOnlyList<Result>>([.. Measure(new SpaceReader(views, journal, static _ => null))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Result> Measure(SpaceReader reader)
    {
        PublicPool pool = new(reader, default, TimeProvider.System);
        VoterFilter filter = VoterFilter.TryRead("country=c1|c2,reputation>=0.5")!;
        yield return new("quote.open_ms_1e6", Median(() => Quote(reader, null, Common)), "ms CPU", "<= 10", "no condition");
        yield return new("quote.rare_ms_1e6", Median(() => Quote(reader, null, Rare)), "ms CPU", "<= 10", "1,000 records");
        double begin = CpuClock.Seconds();
        Quote(reader, pool.Of(filter, Common, QuoteQueries.MostVoters), Common);
        double first = CpuClock.Seconds() - begin;
        yield return new("quote.filter_first_s_1e6", first, "s CPU", "", "looks at all accounts, and rests 20 times as long");
        double later = Median(() => Quote(reader, pool.Of(filter, Common, QuoteQueries.MostVoters), Common));
        yield return new("quote.filter_ms_1e6", later, "ms CPU", "<= 10", "country=c1|c2,reputation>=0.5, later ones");
    }

    private static void Quote(SpaceReader reader, (int Accounts, IReadOnlyList<int> Known)? pool, string category) =>
        reader.Quote((category, null), new QuoteTerms(2, 0.95, 1, 20, MayBeGold: false), pool);

    private static double Median(Action act) => CpuClock.MicrosecondsEach(1, _ => act(), Rounds) / 1_000;

    // As the rules tell it; half have a record in one category, some in another.
    private static CommittedEntry Join(int number)
    {
        AccountId account = new(Keccak256.Hash(BitConverter.GetBytes(number)));
        string attributes = string.Create(CultureInfo.InvariantCulture, $"country=c{number % 97},skill=s{number % 11}");
        Register message = new(new Header(account, 0, default), [], attributes);
        List<Fact> facts = [new Fact.Registered(account, attributes)];
        Evidence evidence = new(1 + number % 40, 1 + number % 7, new Moment(number));
        if (number % 2 == 0) facts.Add(new Fact.EvidenceChanged(account, Common, evidence));
        if (number % 1_000 == 1) facts.Add(new Fact.EvidenceChanged(account, Rare, evidence));
        Entry entry = new(new Envelope(message, account, []), new Moment(number));
        return new CommittedEntry(new EntryIndex(number), entry, default, [.. facts]);
    }
}
