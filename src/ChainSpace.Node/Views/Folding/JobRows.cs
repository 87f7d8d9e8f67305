using System.Globalization;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Node.Views.Folding;

// A job is shown whole and never searched by its parts, so its row holds what is shown.
internal sealed class JobRows(ViewDatabase database)
{
    public void Set(Job job)
    {
        string view = JsonSerializer.Serialize(JobWords.Of(job), ClientJson.Default.JobView);
        database.On("INSERT OR REPLACE INTO job VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
            .Bind(1, job.Terms.Id.Value).Bind(2, job.Terms.Posted.Value).Bind(3, job.Terms.Requester.Id.Value)
            .Bind(4, JobWords.StateOf(job)).Bind(5, job.Terms.Message.Content).Bind(6, view).Run();
        foreach (Assignment each in job.Assignments)
        {
            database.On("INSERT OR IGNORE INTO part VALUES (?1, ?2)")
                .Bind(1, each.Worker.Value).Bind(2, job.Terms.Id.Value).Run();
        }
    }

    public void Set(Fact.PartyChanged party)
    {
        string view = JsonSerializer.Serialize(JobWords.Of(party), ClientJson.Default.PartyView);
        database.On("INSERT OR REPLACE INTO party VALUES (?1, ?2)").Bind(1, party.Account.Value).Bind(2, view).Run();
    }

    public void Add(Fact.WorkSettled settled, EntryIndex index)
    {
        DecisionView decision = new(
            index.ToString(), settled.Worker.ToString(), (int)settled.Part + 1, (int)settled.Percent,
            settled.Paid.Units.ToString(CultureInfo.InvariantCulture), settled.By);
        database.On("INSERT INTO decision VALUES (?1, ?2, ?3)").Bind(1, settled.Job.Value).Bind(2, index.Value)
            .Bind(3, JsonSerializer.Serialize(decision, ClientJson.Default.DecisionView)).Run();
    }
}
