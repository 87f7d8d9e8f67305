using System.Collections.Concurrent;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Replay;

/// <summary>
/// One account of a replay. Keys and sealing sessions serve one thread at a time, so every thread that writes for the
/// account at once has a pen of its own. Thread-safe.
/// </summary>
internal sealed class Persona : IDisposable
{
    private readonly ConcurrentStack<Pen> idle = [];
    private readonly SpaceView space;
    private readonly TimeProvider time;
    private readonly bool isWallet;
    private readonly byte[] key;

    /// <summary>An account with a new key: a wallet's where its money lies on a chain, so that it can be paid there.</summary>
    public Persona(SpaceView space, TimeProvider time)
    {
        (this.space, this.time) = (space, time);
        isWallet = space.Network != CreateSpace.Sovereign;
        Signer signer = isWallet ? WalletSigner.Create() : P256Signer.Create();
        key = signer.Export();
        Account = signer.Account;
        idle.Push(new Pen(new Author(space, signer, time), signer));
    }

    public AccountId Account { get; }

    /// <summary>What is written with a pen of the account.</summary>
    public T Write<T>(Func<Author, T> write)
    {
        Pen pen = idle.TryPop(out Pen? found) ? found : NewPen();
        T written = write(pen.Author);
        idle.Push(pen);
        return written;
    }

    public void Dispose()
    {
        while (idle.TryPop(out Pen? pen))
        {
            pen.Author.Dispose();
            pen.Signer.Dispose();
        }
    }

    private Pen NewPen()
    {
        Signer signer = isWallet ? WalletSigner.FromPrivateKey(key) : P256Signer.FromPrivateKey(key);
        return new Pen(new Author(space, signer, time), signer);
    }

    private sealed record Pen(Author Author, Signer Signer);
}
