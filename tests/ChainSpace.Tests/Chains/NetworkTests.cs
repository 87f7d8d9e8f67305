using System.Text;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using CsCheck;

namespace ChainSpace.Tests.Chains;

public sealed class NetworkTests
{
    private const string Good = """
        {"networks":[
          {"name":"local","chainId":31337,"currency":"ETH","rpc":["http://127.0.0.1:8545"],"finality":2,"finalityClass":"fast",
           "blockSeconds":1,"feeCeilingWei":100000000000},
          {"name":"base","chainId":8453,"currency":"ETH","rpc":["https://a.example/key","https://b.example"],"agreement":2,
           "finality":"safe","finalityClass":"standard","finalitySeconds":900,"blockSeconds":2,"feeCeilingWei":2000000000,
           "explorer":"https://basescan.org/tx/{transaction}"},
          {"name":"ethereum","chainId":1,"currency":"ETH","rpc":["https://c.example"],"finality":"finalized",
           "finalityClass":"strong","finalitySeconds":960,"blockSeconds":12,"feeCeilingWei":50000000000}]}
        """;

    [Fact]
    public void Several_networks_are_read_from_one_file()
    {
        NetworkReading reading = NetworkFile.Read(Encoding.UTF8.GetBytes(Good));
        Assert.Empty(reading.Complaints);
        Assert.Equal(["local", "base", "ethereum"], reading.Networks.Select(each => each.Name));
        Assert.Equal(new FinalityRule.Confirmations(2), reading.Networks[0].Finality.Rule);
        Assert.Equal(TimeSpan.FromSeconds(3), reading.Networks[0].Finality.Delay);
        Assert.Equal(2, reading.Networks[1].Rpc.Agreement);
        Assert.Equal(new FinalityRule.Safe(), reading.Networks[1].Finality.Rule);
        TransactionHash hash = new(Bytes32.Parse("0x" + new string('1', 64)));
        Assert.Equal($"https://basescan.org/tx/{hash}", reading.Networks[1].LinkTo(hash)!.ToString());
        Assert.Null(reading.Networks[0].LinkTo(hash));
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcPool pool = reading.Networks[1].CreatePool(http, new RpcLimits(), TimeProvider.System, new Random(1));
        Assert.Equal(["a.example", "b.example"], pool.Health.Select(each => each.Name));
    }

    [Theory]
    [InlineData("\"agreement\":2", "\"agreement\":3", "Network 'base' wants 3 endpoints to agree and has 2.")]
    [InlineData("\"https://b.example\"", "\"https://a.example/key\"", "Network 'base' has the same 'rpc' address twice.")]
    [InlineData("\"https://b.example\"", "\"ftp://b.example\"", "Network 'base' has an 'rpc' address that is no http")]
    [InlineData("\"safe\"", "\"soon\"", "Network 'base' needs a 'finality': safe, finalized, or a number of blocks up to 10000.")]
    [InlineData("\"standard\"", "\"good\"", "Network 'base' needs a 'finalityClass': fast, standard or strong.")]
    [InlineData("\"finalitySeconds\":900,", "", "Network 'base' needs 'finalitySeconds' above 0 and up to 86400.")]
    [InlineData("\"blockSeconds\":2", "\"blockSeconds\":-2", "Network 'base' needs 'blockSeconds' above 0 and up to 86400.")]
    [InlineData("\"feeCeilingWei\":2000000000", "\"feeCeilingWei\":0.5", "Network 'base' needs a 'feeCeilingWei', the most")]
    [InlineData("{transaction}", "{hash}", "Network 'base' has an 'explorer' that is no URL with {transaction} in it.")]
    [InlineData("\"base\"", "\"Base!\"", "Network 2 needs a 'name' of lower-case letters, digits and hyphens.")]
    [InlineData("\"base\"", "\"local\"", "Two networks are called 'local'.")]
    [InlineData("8453", "1", "Two networks have chain id 1: 'base' and 'ethereum'.")]
    [InlineData("8453", "-1", "Network 'base' needs a 'chainId' from 1 to 9223372036854775807.")]
    [InlineData("\"agreement\"", "\"aggreement\"", "Network 'base' has a member 'aggreement' that is not known.")]
    [InlineData("{\"networks\":[", "[", "The file of networks is not JSON: ")]
    [InlineData("\"networks\"", "\"chains\"", "The file of networks must be an object with an array 'networks'.")]
    public void A_mistake_is_named_with_its_place(string right, string wrong, string complaint)
    {
        NetworkReading reading = NetworkFile.Read(Encoding.UTF8.GetBytes(Good.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Empty(reading.Networks);
        Assert.StartsWith(complaint, Assert.Single(reading.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_of_networks_throws() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char[" \"{}[],:\\-0e9nu"], Gen.Int[0, 40]).Sample((place, letter, skipped) =>
        {
            string spoilt = Good[..place] + letter + Good[Math.Min(Good.Length, place + skipped)..];
            NetworkReading reading = NetworkFile.Read(Encoding.UTF8.GetBytes(spoilt.Replace("base", "\\ud800")));
            Assert.NotEqual(reading.Complaints.IsEmpty, reading.Networks.IsEmpty);
        });

    [Fact]
    public void The_advisor_takes_the_cheapest_network_that_is_final_enough()
    {
        NetworkQuote[] quotes = Quotes();
        Assert.Equal("base", Taken(quotes, new SettlementNeeds(500, 1)));
        Assert.Equal("base", Taken(quotes, new SettlementNeeds(50_000, 1)));
        Assert.Equal("ethereum", Taken(quotes, new SettlementNeeds(500_000, 10)));
        NetworkAdvice.OverBudget dear = Assert.IsType<NetworkAdvice.OverBudget>(
            NetworkAdvisor.Pick(quotes, new SettlementNeeds(500_000, 0.01m)));
        Assert.Equal("ethereum", dear.Cheapest.Network.Name);
        Assert.Equal(
            new NetworkAdvice.NothingStrongEnough(FinalityClass.Strong),
            NetworkAdvisor.Pick(quotes[..2], new SettlementNeeds(500_000, 10)));
    }

    [Fact]
    public void What_a_network_means_is_said() =>
        Snapshot.Matches(string.Join('\n', Quotes().Select(each => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            {each.Network.Name}: anchor {each.Anchor} wei = {each.AnchorValue}, claim {each.Claim}, deposit {each.Deposit}
              Final after {each.Final}. {each.Trust}
            """))));

    private static string Taken(NetworkQuote[] quotes, SettlementNeeds needs) =>
        Assert.IsType<NetworkAdvice.Take>(NetworkAdvisor.Pick(quotes, needs)).Quote.Network.Name;

    private static NetworkQuote[] Quotes()
    {
        GasFigures gas = new(new Gas(30_000), new Gas(52_000), new Gas(46_000));
        Wei[] fees = [Wei.FromGwei(5), new Wei(10_000_000), Wei.FromGwei(2)];
        return
        [
            .. NetworkFile.Read(Encoding.UTF8.GetBytes(Good)).Networks.Zip(fees, (network, fee) =>
                NetworkAdvisor.Quote(network, new FeeHistory([fee], []), gas, 4000)),
        ];
    }
}
