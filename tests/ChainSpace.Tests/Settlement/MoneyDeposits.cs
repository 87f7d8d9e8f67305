using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>Money comes in by every way there is; many at once stand in one block.</summary>
internal sealed class MoneyDeposits(MoneyWorld world, Random chance)
{
    public async Task<string> MakeAsync(int count)
    {
        MoneyChain chain = world.Chain;
        List<string> told = [];
        List<(WalletSigner Sender, ChainCall Call)> calls = [];
        bool isPermitted = false;
        for (int made = 0; made < count; made++)
        {
            MoneyPerson person = world.People[chance.Next(world.People.Count)];
            (int amount, string way) = (1 + chance.Next(1_000), Ways[chance.Next(Ways.Length)]);
            // The second permit of a block would have to know of the first.
            if (way == "by permit" && isPermitted) way = "";
            isPermitted |= way == "by permit";
            calls.Add(way switch
            {
                "by permit" => (chain.Permits.Wallet, await chain.Permits.PermitAsync(world.Vault, person.Account, amount)),
                "by authorization" =>
                    (chain.Bank.Wallet, chain.Permits.Authorize(world.Vault, person.Account, (amount, Salt()))),
                _ => (chain.Bank.Wallet, chain.Bank.Pay(world.Vault, person.Account, amount)),
            });
            told.Add($"{amount} for {person.Name} {way}".TrimEnd());
        }

        foreach (IGrouping<WalletSigner, ChainCall> each in calls.GroupBy(static each => each.Sender, static each => each.Call))
            await chain.Chain.SendManyAsync(each.Key, [.. each]);
        await chain.Chain.MineAsync();
        return string.Join(", ", told);
    }

    private string[] Ways => world.Chain.Token is null ? [""] : ["", "", "by permit", "by authorization"];

    private Bytes32 Salt()
    {
        byte[] bytes = new byte[Bytes32.Size];
        chance.NextBytes(bytes);
        return Bytes32.Read(bytes);
    }
}
