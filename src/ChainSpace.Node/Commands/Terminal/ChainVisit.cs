using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>
/// A wallet of the user at work on the chain of a space. What it sends is remembered beside its key, so a verb that was
/// interrupted leaves no doubt about what was paid.
/// </summary>
internal sealed class ChainVisit : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient http;
    private readonly Sender sender;

    private ChainVisit(VaultView view, RpcPool pool, (HttpClient, Sender) parts)
    {
        (View, Pool) = (view, pool);
        (http, sender) = parts;
        (Vault, Asset) = (Address.Parse(view.Vault), Address.Parse(view.Asset));
    }

    public VaultView View { get; }

    public RpcPool Pool { get; }

    public Address Vault { get; }

    /// <summary>The ERC-20 that is the space's money; zero: the chain's coin.</summary>
    public Address Asset { get; }

    public Address Payer => sender.Account;

    /// <summary>Opens the chain of the visited space, with a wallet that pays for gas.</summary>
    public static async Task<ChainVisit> OpenAsync(NodeVisit visit, Signer payer, CancellationToken cancellationToken)
    {
        if (payer is not WalletSigner wallet)
            throw new Complaint("Only a wallet can pay on a chain; make one with 'key new NAME --kind wallet', name it with --payer.");
        VaultView view = await visit.Client.VaultAsync(visit.Space.Id, cancellationToken)
            ?? throw new Complaint($"The space {visit.Space.Name} has no vault: its money is play money, or is not on its chain yet.");
        ChainId chain = new(ulong.Parse(view.ChainId, null));
        HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(new Uri(view.Rpc), http, new RpcLimits(), TimeProvider.System);
        RpcPool pool = new(chain, [endpoint], 1, TimeProvider.System, new Random());
        string folder = Path.Combine(Path.GetDirectoryName(KeyFolder.Folder)!, "outboxes");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, $"{chain}-{Address.Of(wallet.Account)}-{visit.Space.Id[2..10]}.db");
        SenderOptions options = new()
        {
            FeeCeiling = Wei.FromGwei(1_000),
            Finality = new FinalityRule.Confirmations(0),
        };
        return new ChainVisit(view, pool, (http, Sender.Open(file, wallet, pool, options, TimeProvider.System)));
    }

    /// <summary>Sends a call and waits until a block has it; its transaction.</summary>
    public async Task<TransactionHash> SendAsync(string what, ChainCall call, CancellationToken cancellationToken)
    {
        Answer<Gas> gas = await sender.EstimateAsync(call, cancellationToken);
        if (!gas.IsGood) throw new Complaint($"The chain does not take it ({what}): {gas.Fault}");
        string key = $"{what}:{Guid.NewGuid():n}";
        sender.Submit(new Intent(key, call, gas.Value));
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        while (true)
        {
            SenderReport report = await sender.StepAsync(late.Token);
            switch (sender.StateOf(key))
            {
                case IntentState.Final { Succeeded: true } final: return final.Transaction;
                case IntentState.Final final: throw new Complaint($"The transaction {final.Transaction} failed ({what}).");
                case IntentState.Displaced: throw new Complaint($"Another transaction of this wallet took its place ({what}).");
            }

            if (report.Objection is { } objection) throw new Complaint($"The chain does not take it ({what}): {objection}");
            await Task.Delay(Beat, late.Token);
        }
    }

    public void Dispose()
    {
        sender.Dispose();
        http.Dispose();
    }
}
