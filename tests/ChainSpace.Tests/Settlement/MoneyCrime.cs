using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>What a thief with the operator's key does in a story, in which somebody is awake.</summary>
internal sealed class MoneyCrime(MoneyWorld world, Random chance) : IDisposable
{
    private readonly MoneyPerson outsider = new("thief", WalletSigner.Create());
    private MoneyThief? thief;

    public IReadOnlyList<(int Often, string Name, Func<Task<string>> Do)> All =>
    [
        (2, "fraud", CommitAsync),
        (1, "the thief tries to be paid", TakeAsync),
        (2, "time", PassAsync),
    ];

    /// <summary>A fraud is anchored and, where nothing else waits, proposed.</summary>
    public async Task<string> CommitAsync()
    {
        MoneyThief own = thief ??= new MoneyThief(world, outsider);
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        VaultHead head = await own.HeadAsync();
        ulong size = Math.Max(head.Size + 1, chance.Next(2) == 0 ? NewestTree : (ulong)(journal.Size - 1 + chance.Next(3)));
        bool isAnchored = await own.AnchorAsync(size, journal.RootAt((ulong)chance.Next(1, journal.Size + 1)));
        return $"{size} entries, anchored {isAnchored}, proposed {isAnchored && await own.ProposeAsync()}";
    }

    public void Dispose()
    {
        thief?.Dispose();
        outsider.Dispose();
    }

    private async Task<string> PassAsync()
    {
        await world.PassAsync();
        return $"{world.Plan.Window} seconds";
    }

    // Where the node has a tree of the same size, which it was about to anchor.
    private ulong NewestTree => Directory.EnumerateFiles(Path.Combine(world.Folder, "payouts"), "*.json")
        .Select(static path => ulong.Parse(Path.GetFileNameWithoutExtension(path), null)).DefaultIfEmpty().Max();

    // What waits is proposed again, the window is over, and somebody else may promote an honest root.
    private async Task<string> TakeAsync()
    {
        if (thief is null) return "nothing to take";
        bool isProposed = await thief.ProposeAsync(), isPromoted = !isProposed && await thief.PromoteAsync();
        return $"proposed {isProposed}, promoted {isPromoted}, paid {await thief.ClaimAsync()}";
    }
}
