using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// Who asks, where no message enters the journal: a key that is the account's own, or one of its sessions with the right to
/// speak of the account. Thread-safe.
/// </summary>
public sealed class Doorkeeper(SpaceId space, Sequencer sequencer, TimeProvider time)
{
    private const string Scope = "account";

    /// <summary>Questions this space gives out.</summary>
    public Nonces Nonces { get; } = new();

    /// <summary>To whom signatures must be addressed: the origin of the space's checkpoints.</summary>
    public string Audience { get; } = SpaceKeys.OriginOf(space);

    public Moment Now => new(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Whether the proof is for this request and by this account. Null: it is.</summary>
    public async Task<CredentialFault?> CheckAsync(string proof, AccountId account, (string Method, string Path) request)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (RequestProof.Check(proof, Now, out RequestProof? said, out P256PublicKey signer) is { } fault) return fault;
        if (said!.Audience != Audience) return CredentialFault.WrongAudience;
        if ((said.Method, said.Path) != request) return CredentialFault.WrongRequest;
        if (!await MaySpeakAsync(account, signer.Account)) return CredentialFault.NotBound;
        return Nonces.Use(said.Nonce, Now) ? null : CredentialFault.WrongNonce;
    }

    /// <summary>Whether the holder may speak for the account, and presents it to this space, once. Null: so it is.</summary>
    public async Task<CredentialFault?> CheckAsync(string presentation, AccountId account)
    {
        if (!SdJwt.TryRead(presentation, out SdJwt? read)) return CredentialFault.Malformed;
        if (AttributeCredential.Check(read, Now, out AttributeCredential? credential) is { } fault) return fault;
        if (NonceOf(read) is not { } nonce) return CredentialFault.NotBound;
        KeyBinding expected = new(Audience, nonce, Now);
        if (KeyBinding.Check(read, credential!.Holder, expected) is { } unbound) return unbound;
        if (!await MaySpeakAsync(account, credential.Holder.Account)) return CredentialFault.NotBound;
        return Nonces.Use(nonce, Now) ? null : CredentialFault.WrongNonce;
    }

    private static string? NonceOf(SdJwt presentation) =>
        presentation.Binding is { } binding && binding.Payload.TryGetProperty("nonce", out var nonce)
        && nonce.ValueKind == System.Text.Json.JsonValueKind.String ? nonce.GetString() : null;

    private async Task<bool> MaySpeakAsync(AccountId account, AccountId signer)
    {
        bool may = false;
        await sequencer.RunAsync(engine =>
        {
            if (engine.State.FindAccount(account) is not { } known) return;
            may = signer == account || (known.Sessions.TryGetValue(signer, out Session? session)
                && Now <= session.Until && session.Scopes.Split(',').Contains(Scope));
        });
        return may;
    }
}
