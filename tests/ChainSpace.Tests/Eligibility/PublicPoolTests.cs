using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Tests.Views;
using CsCheck;

namespace ChainSpace.Tests.Eligibility;

public sealed class PublicPoolTests
{
    private static readonly string[] Clauses =
    [
        "country=DE", "country=DE|AT", "skill=law", "person>=1", "person>=2", "reputation>=0.05", "reputation>=0.3",
        "receipts>=1", "reputation:law>=0.2", "receipts:law>=1",
    ];

    private static readonly string[] Published = ["", "country=DE", "country=AT", "country=AT|DE", "country=DE,skill=law"];

    [Fact]
    public void Whom_the_rules_let_in_is_whom_the_index_finds() =>
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, Clauses.Length - 1].Array[1, 3]).Sample((seed, chosen) =>
        {
            using Village village = Lived(seed);
            using Showing showing = new Showing(village).Fold();
            VoterFilter filter = VoterFilter.TryRead(string.Join(',', chosen.Select(static number => Clauses[number])))!;
            PublicPool pool = new(showing.Reader, village.Person(0), TimeProvider.System);
            Account[] wanted = [.. village.State.Accounts.Where(account =>
                !account.IsOperator && filter.Unmet(account, "maths", village.State.Now) is null)];
            (int accounts, IReadOnlyList<int> known) = pool.Of(filter, "maths", QuoteQueries.MostVoters);
            Assert.Equal(wanted.Length, accounts);
            Assert.Equal(wanted.Where(static one => one.Reputation.ContainsKey("maths")).Select(static one => one.Number), known);
            foreach (Account requester in village.State.Accounts)
                Assert.Equal(wanted.Count(one => one != requester), pool.Of(filter, "maths", 0, requester.Id).Accounts);
            QuoteTerms terms = new(2, 0.9, 1, 20, false);
            var quote = showing.Reader.Quote(("maths", null), terms, (accounts, known));
            Assert.Equal((accounts, known.Count), (quote.Accounts, quote.Voters));
        }, iter: 60);

    // People who differ in what they published, earned and had attested.
    private static Village Lived(int seed)
    {
        Village village = new();
        for (int person = 1; person < Village.People; person++)
        {
            Assert.Null(village.Register(person, Published[(seed + person * 7) % Published.Length]));
            uint level = (uint)((seed / 3 + person) % 4);
            if (level == 0) continue;
            Assert.Null(village.Say(new Attest(village.HeaderOf(0), village.Person(person), level, Cluster(person))));
        }

        for (int round = 0; round < 3; round++)
        {
            PostPoll poll = village.Draft(1) with { Maximum = 3, Category = round == 1 ? "law" : "maths" };
            Assert.Null(village.Say(poll));
            for (int vote = 0; vote < 3; vote++)
            {
                int voter = 2 + (seed / 7 + round * 3 + vote) % (Village.People - 2);
                Assert.Null(village.Say(new Vote(village.HeaderOf(voter), village.IdOf(poll), (uint)(seed + vote) % 2)));
            }
        }

        return village;
    }

    private static Bytes32 Cluster(int person)
    {
        byte[] bytes = new byte[Bytes32.Size];
        bytes[0] = (byte)person;
        return Bytes32.Read(bytes);
    }
}
