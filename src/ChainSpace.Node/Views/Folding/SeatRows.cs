using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Node.Views.Folding;

// Who was drawn or named for which poll, and which accounts are one person's. Names are let go with the poll; seats stay,
// so that a draw can be compared later.
internal sealed class SeatRows(ViewDatabase database)
{
    public const string Seated = "seated", Lapsed = "lapsed", Named = "named";

    public void Post(PollTerms terms)
    {
        if (terms.IsDrawn) return;
        foreach (AccountId account in terms.Message.Named) Put(account, terms.Posted.Value, Named, null);
    }

    public void Change(Fact.SeatsChanged fact)
    {
        long poll = IndexOf(fact.Poll);
        foreach (AccountId account in fact.Lapsed) Put(account, poll, Lapsed, null);
        foreach (AccountId account in fact.Seated) Put(account, poll, Seated, null);
        database.On("UPDATE seat SET until = ?2 WHERE poll = ?1 AND state = 'seated'")
            .Bind(1, poll).Bind(2, fact.LeaseEnd?.Milliseconds).Run();
    }

    public void End(TaskId poll)
    {
        long index = IndexOf(poll);
        database.On("DELETE FROM seat WHERE poll = ?1 AND state = 'named'").Bind(1, index).Run();
        database.On("UPDATE seat SET until = NULL WHERE poll = ?1 AND until IS NOT NULL").Bind(1, index).Run();
    }

    public void Attest(Fact.Attested fact) => database.On("INSERT OR REPLACE INTO person VALUES (?1, ?2, ?3)")
        .Bind(1, fact.Account.Value).Bind(2, (long)fact.Level).Bind(3, fact.Cluster).Run();

    private void Put(AccountId account, long poll, string state, long? until) =>
        database.On("INSERT OR REPLACE INTO seat VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, account.Value).Bind(2, poll).Bind(3, state).Bind(4, until).Run();

    private long IndexOf(TaskId poll) =>
        database.On("SELECT idx FROM poll WHERE id = ?1").Bind(1, poll.Value).ReadNumber()
        ?? throw new InvalidOperationException($"Poll {poll} was never posted.");
}
