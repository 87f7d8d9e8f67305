using System.Globalization;
using System.Numerics;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Replay;

/// <summary>
/// Who takes part: an account for each worker, and as many requesters as it takes to lock every reward out of the money
/// that new accounts are given. Disposing forgets their keys.
/// </summary>
internal sealed class Cast : IDisposable
{
    private Cast(IReadOnlyList<Persona> workers, IReadOnlyList<Persona> requesters, IReadOnlyList<int> requesterOf) =>
        (Workers, Requesters, RequesterOf) = (workers, requesters, requesterOf);

    public IReadOnlyList<Persona> Workers { get; }

    public IReadOnlyList<Persona> Requesters { get; }

    /// <summary>For each task the number of the requester who posts it.</summary>
    public IReadOnlyList<int> RequesterOf { get; }

    /// <summary>A poll's reward: one minor unit for each vote it can take.</summary>
    public static Amount RewardOf(int voters) => new((UInt128)voters);

    public static Cast Of(CrowdData data, SpaceView space, TimeProvider time)
    {
        // On a chain nobody is given anything: one requester pays in what all rewards need.
        if (space.Network != CreateSpace.Sovereign)
            return new Cast(People(data.Workers.Count, space, time), People(1, space, time), new int[data.Tasks.Count]);
        BigInteger grant = BigInteger.Parse(space.Grant, CultureInfo.InvariantCulture), left = grant;
        int[] requesterOf = new int[data.Tasks.Count];
        int requesters = 1;
        for (int task = 0; task < requesterOf.Length; task++)
        {
            int reward = data.Voters[task];
            if (reward > grant)
            {
                throw new ReplayException(
                    $"Space {space.Name} gives new accounts {grant} units, but task {data.Tasks[task]} needs {reward}.");
            }

            if (reward > left) (left, requesters) = (grant, requesters + 1);
            left -= reward;
            requesterOf[task] = requesters - 1;
        }

        return new Cast(People(data.Workers.Count, space, time), People(requesters, space, time), requesterOf);
    }

    /// <summary>Registers everybody; a space that refuses anyone ends the replay.</summary>
    public async Task RegisterAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        Persona[] all = [.. Requesters, .. Workers];
        await dispatch.SendAsync(
            all.Length,
            i => all[i].Write(static author => author.Register("")),
            (_, sent) => Demand(sent, "register an account"),
            cancellationToken);
    }

    /// <summary>Ends the replay where the node refuses what it must not refuse.</summary>
    public static Sent.Accepted Demand(Sent sent, string act) => sent switch
    {
        Sent.Accepted accepted => accepted,
        Sent.Refused refused => throw new ReplayException($"The node refused to {act}: {refused.Code}. {refused.Detail}"),
    };

    public void Dispose()
    {
        foreach (Persona persona in Workers.Concat(Requesters)) persona.Dispose();
    }

    private static Persona[] People(int count, SpaceView space, TimeProvider time)
    {
        Persona[] people = new Persona[count];
        Parallel.For(0, count, i => people[i] = new Persona(space, time));
        return people;
    }
}
