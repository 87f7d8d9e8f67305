using System.Text;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using ChainSpace.Tests.House;
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
           "publicRpc":"https://everybody.example","explorer":"https://basescan.org/tx/{transaction}","factory":"0x00000000000000000000000000000000000000fa",
           "asset":"0x00000000000000000000000000000000000000ee","symbol":"USDC","decimals":6,"window":"6h","exitAfter":"2d",
           "bond":"0.25","longestWait":"30m","shortestPause":"90s"},
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
        Assert.Equal(new Uri("https://everybody.example"), reading.Networks[1].PublicRpc);
        FoundingTerms terms = reading.Networks[1].Founding;
        Assert.Equal(new AssetTerms(Address.Parse("0x00000000000000000000000000000000000000ee"), "USDC", 6), terms.Asset);
        Assert.Equal(
            ("0x00000000000000000000000000000000000000fa", 6, 2, new Wei(250_000_000_000_000_000)),
            (terms.Factory.ToString(), terms.Window.TotalHours, terms.ExitAfter.TotalDays, terms.Bond));
        Assert.Equal(new AnchorPace(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(90)), reading.Networks[1].Pace);
        Assert.Equal((new FoundingTerms(), new AnchorPace(null, null)), (reading.Networks[0].Founding, reading.Networks[0].Pace));
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
    [InlineData("https://everybody.example", "ftp://x", "Network 'base' has a 'publicRpc' that is no http or https URL.")]
    [InlineData("{transaction}", "{hash}", "Network 'base' has an 'explorer' that is no URL with {transaction} in it.")]
    [InlineData("\"base\"", "\"Base!\"", "Network 2 needs a 'name' of lower-case letters, digits and hyphens.")]
    [InlineData("\"base\"", "\"local\"", "Two networks are called 'local'.")]
    [InlineData("8453", "1", "Two networks have chain id 1: 'base' and 'ethereum'.")]
    [InlineData("8453", "-1", "Network 'base' needs a 'chainId' from 1 to 9223372036854775807.")]
    [InlineData("\"agreement\"", "\"aggreement\"", "Network 'base' has a member 'aggreement' that is not known.")]
    [InlineData("\"ETH\",\"rpc\":[\"https://a", "\"E-H\",\"rpc\":[\"https://a", "Network 'base' needs a 'currency' of 1 to 12")]
    [InlineData("00fa", "00f", "Network 'base' needs an address for 'factory': 0x and 40 digits, with")]
    [InlineData("00ee", "00Ee", "Network 'base' needs an address for 'asset': 0x and 40 digits, with")]
    [InlineData("\"USDC\"", "\"USD C\"", "Network 'base' has a 'symbol' that is not 1 to 12 letters or digits.")]
    [InlineData("\"decimals\":6", "\"decimals\":19", "Network 'base' has 'decimals' that are no number from 0 to 18.")]
    [InlineData("\"asset\":\"0x00000000000000000000000000000000000000ee\",", "", "Network 'base' has a 'symbol' or 'dec")]
    [InlineData("\"6h\"", "6", "Network 'base' needs a span of time for 'window', such as \"90s\", \"30m\", \"6h\" or \"1d\".")]
    [InlineData("\"2d\"", "\"6h\"", "Network 'base' wants an 'exitAfter' of 6 h, not above its 'window' of 6 h.")]
    [InlineData("\"2d\"", "\"60000d\"", "Network 'base' needs a span of time for 'exitAfter', such as")]
    [InlineData("\"0.25\"", "0.25", "Network 'base' has a 'bond' that is no text such as \"0.01\", in coins, above 0")]
    [InlineData("\"0.25\"", "\"0.0\"", "Network 'base' has a 'bond' that is no text such as")]
    [InlineData("\"0.25\"", "\"0.0000000000000000001\"", "Network 'base' has a 'bond' that is no text such as")]
    [InlineData("\"30m\"", "\"30s\"", "Network 'base' has a 'shortestPause' above its 'longestWait'.")]
    [InlineData("\"90s\"", "\"-1s\"", "Network 'base' needs a span of time for 'shortestPause', such")]
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
    public void What_a_network_means_is_said() =>
        Snapshot.Matches(string.Join('\n', NetworkFile.Read(Encoding.UTF8.GetBytes(Good)).Networks.Select(static each =>
            $"{each.Name}: final {NetworkWords.Finality(each.Finality)}\n  {NetworkWords.Trust(each)}")));

    [Fact]
    public void The_example_for_operators_names_three_public_networks()
    {
        NetworkReading reading = NetworkFile.Read(File.ReadAllBytes(Repository.Full("docs/examples/networks.json")));
        Assert.Empty(reading.Complaints);
        Assert.Equal(
            [("ethereum", 1UL, 12.0), ("base", 8453UL, 2.0), ("sepolia", 11155111UL, 12.0)],
            reading.Networks.Select(static each => (each.Name, each.Chain.Value, each.Finality.BlockTime.TotalSeconds)));
        Assert.All(reading.Networks, static each => Assert.Equal(new FinalityRule.Finalized(), each.Finality.Rule));

        // The operator has to fill in where to ask; nobody else's address may stand there by mistake.
        IEnumerable<Uri> urls = reading.Networks.SelectMany(static each => each.Rpc.Urls);
        Assert.All(urls, static url => Assert.EndsWith(".example", url.Host, StringComparison.Ordinal));
        Assert.Equal(
            new FoundingTerms
            {
                Asset = new AssetTerms(Address.Parse("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"), "USDC", 6),
                Bond = new Wei(20_000_000_000_000_000),
            },
            reading.Networks[1].Founding);
        Assert.Equal(new AnchorPace(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)), reading.Networks[1].Pace);
    }
}
