using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Simulation.World;

/// <summary>Everybody who may ever say something, with keys that follow from the seed. Keys are made when first used.</summary>
internal sealed class Crowd(ulong seed, int count) : IDisposable
{
    // Most are wallets, whose signatures are the same each time; every so many has a key as browsers make them.
    private const int WalletsPerBrowser = 40;

    private readonly Actor?[] actors = new Actor?[count];
    private readonly Dictionary<AccountId, Actor> byAccount = [];

    // An account that delegates uses the session of its number.
    private readonly P256Signer[] sessions =
        [.. Enumerable.Range(0, 4).Select(each => P256Signer.FromPrivateKey(KeyOf(seed, 3, each)))];

    public int Count => actors.Length;

    public Actor this[int number] => actors[number] ?? Make(number);

    public Actor? Find(AccountId account) => byAccount.GetValueOrDefault(account);

    /// <summary>A private key for a purpose; zero or above the order of a curve only once in 2^32 tries.</summary>
    public static byte[] KeyOf(ulong seed, int purpose, int number)
    {
        Chance chance = new(unchecked(seed + ((ulong)purpose << 32) + (ulong)number));
        return new Chance(chance.Next()).Bytes().ToArray();
    }

    public void Dispose()
    {
        foreach (Actor? actor in actors) actor?.Signer.Dispose();
        foreach (P256Signer session in sessions) session.Dispose();
    }

    private Actor Make(int number)
    {
        Signer signer = number % WalletsPerBrowser == WalletsPerBrowser - 1
            ? P256Signer.FromPrivateKey(KeyOf(seed, 1, number))
            : WalletSigner.FromPrivateKey(KeyOf(seed, 2, number));
        Actor actor = new(number, signer, sessions[number % sessions.Length]);
        byAccount.Add(actor.Account, actor);
        return actors[number] = actor;
    }
}

/// <summary>One of the crowd.</summary>
internal sealed class Actor(int number, Signer signer, P256Signer session)
{
    private ulong nonce;

    public int Number { get; } = number;

    public Signer Signer { get; } = signer;

    /// <summary>The key it delegates to.</summary>
    public P256Signer Session { get; } = session;

    public AccountId Account => Signer.Account;

    public ulong NextNonce() => ++nonce;
}
