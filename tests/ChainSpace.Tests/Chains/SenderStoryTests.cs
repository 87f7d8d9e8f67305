using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;
using Microsoft.Extensions.Time.Testing;

namespace ChainSpace.Tests.Chains;

/// <summary>
/// Crashes, reorganisations, long silences and endpoints that answer nothing, in an order that a seed decides: whatever
/// happens, each intent is carried out once.
/// </summary>
public sealed class SenderStoryTests : IDisposable
{
    private const int Stories = 25;
    private const int Acts = 30;

    private readonly string folder = Directory.CreateTempSubdirectory("story-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_intent_is_carried_out_once_whatever_happens()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using FaultyServer endpoint = new(chain.Url);
        for (int seed = 0; seed < Stories; seed++)
        {
            using WalletSigner wallet = await chain.WalletAsync();
            await chain.MineAsync(4);
            List<Intent> intents = await TellAsync(new Random(seed), chain, endpoint, wallet, seed);
            foreach (Intent intent in intents)
            {
                Wei paid = await chain.BalanceAsync(intent.Call.To!.Value);
                Assert.True(paid == intent.Call.Value, $"Seed {seed}: {intent.Key} was paid {paid}, not {intent.Call.Value}.");
            }
        }
    }

    private async Task<List<Intent>> TellAsync(
        Random chance, LocalChain chain, FaultyServer endpoint, WalletSigner wallet, int seed)
    {
        List<Intent> intents = [];
        Sender sender = Open(endpoint, wallet, seed);
        for (int act = 0; act < Acts; act++)
        {
            endpoint.Answer = chance.Next(6) == 0 ? _ => FaultyServer.Reply.Of("", 500) : _ => null;
            int steps = chance.Next(12);
            sender.BeforeStep = () => { if (steps-- == 0) throw new EndOfStreamException(); };
            try
            {
                await ActAsync(chance.Next(8), chain, sender, intents);
            }
            catch (EndOfStreamException)
            {
                sender.Dispose();
                sender = Open(endpoint, wallet, seed);
            }
        }

        using (sender) await EndAsync(chain, endpoint, sender, intents);
        return intents;
    }

    private async Task ActAsync(int kind, LocalChain chain, Sender sender, List<Intent> intents)
    {
        switch (kind)
        {
            case 0 or 1:
                using (WalletSigner payee = WalletSigner.Create())
                {
                    Wei amount = new((ulong)intents.Count + 1);
                    ChainCall call = new(Address.Of(payee.Account), amount, ReadOnlyMemory<byte>.Empty);
                    intents.Add(new Intent($"payment {intents.Count}", call, new Gas(21_000)));
                }

                sender.Submit(intents[^1]);
                break;
            case 2:
                await chain.ReorganiseAsync(2);
                break;
            case 3:
                time.Advance(TimeSpan.FromMinutes(4));
                break;
            case 4:
                await chain.MineAsync();
                break;
            default:
                time.Advance(TimeSpan.FromSeconds(10));
                await sender.StepAsync(default);
                break;
        }
    }

    private async Task EndAsync(LocalChain chain, FaultyServer endpoint, Sender sender, List<Intent> intents)
    {
        sender.BeforeStep = () => { };
        endpoint.Answer = _ => null;
        foreach (Intent intent in intents) sender.Submit(intent);
        for (int round = 0; round < 20 && sender.Unfinished().Count > 0; round++)
        {
            time.Advance(TimeSpan.FromMinutes(6));
            await sender.StepAsync(default);
            await chain.MineAsync();
        }

        Assert.All(intents, intent => Assert.IsType<IntentState.Final>(sender.StateOf(intent.Key)));
    }

    private Sender Open(FaultyServer endpoint, WalletSigner wallet, int seed)
    {
        RpcPool pool = new(LocalChain.Id, [endpoint.Endpoint], 1, time, new Random(seed));
        SenderOptions options = new() { FeeCeiling = Wei.FromGwei(100_000), Finality = new FinalityRule.Confirmations(2) };
        return Sender.Open(Path.Combine(folder, $"{seed}.db"), wallet, pool, options, time);
    }
}
