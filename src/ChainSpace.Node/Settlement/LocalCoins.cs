using ChainSpace.Chains;

namespace ChainSpace.Node.Settlement;

/// <summary>Coins out of nothing, which only a local chain gives.</summary>
public static class LocalCoins
{
    // A million coins: nobody runs out of them in a demonstration.
    private const string Plenty = "0xd3c21bcecceda1000000";

    public static async Task GiveAsync(Uri chain, Address wallet, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        string body = $$"""{"jsonrpc":"2.0","id":1,"method":"anvil_setBalance","params":["{{wallet}}","{{Plenty}}"]}""";
        using StringContent content = new(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage answer = await http.PostAsync(chain, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
