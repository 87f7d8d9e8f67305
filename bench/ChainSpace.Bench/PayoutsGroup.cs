using ChainSpace.Node.Simulation;

namespace ChainSpace.Bench;

/// <summary>What each way to vote earns, by the payments as they are. No measure of speed.</summary>
internal sealed class PayoutsGroup : IGroup
{
    private const ulong Seed = 6;

    public string Name => "payouts";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        LazyVoters voters = new(Seed);
        double usual = voters.Agreement("honest"), most = voters.Determinant("honest");
        List<Result> results = [];
        foreach (string way in LazyVoters.Ways)
        {
            results.Add(new Result($"{way}: majority", voters.Majority(way), "prices", Note: "deposit of one price"));
            results.Add(new Result($"{way}: agreement", voters.Agreement(way), "score", Note: "50 items"));
            results.Add(new Result($"{way}: clipped", voters.Clipped(way, usual), "chance", Note: "50 items"));
            results.Add(new Result($"{way}: determinant", voters.Determinant(way) / most, "of honest", Note: "10 items"));
        }

        results.Add(new Result("all say the same: agreement", voters.Agreement("always the commoner", doAll: true), "score"));
        return Task.FromResult<IReadOnlyList<Result>>(results);
    }
}
