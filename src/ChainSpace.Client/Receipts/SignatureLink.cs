using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>Link 4 of spec/receipt.md: the signer's key hashes to the signer, and it signed the message.</summary>
internal static class SignatureLink
{
    private const int KeysRemembered = 256;

    // Its directory stays empty: a receipt brings its keys along, and each certifies itself by its hash.
    private static readonly P256Verifier Verifier = new(new KeyDirectory(), new P256KeyCache(KeysRemembered));

    public static ReceiptFault? Check(ReceiptDocument document, Domain domain, out Entry entry)
    {
        entry = null!; // Never read where there is a fault.
        if (!Spelling.TryReadEntry(document.Entry, out Entry? read)) return new ReceiptFault.Unreadable("entry");

        entry = read;
        return Check(entry.Signed, domain, document.Key, "key");
    }

    /// <summary>The same question for the delegation, whose key stands in another member.</summary>
    public static ReceiptFault? Check(Envelope signed, Domain domain, string? keyText, string keyMember)
    {
        Bytes32 digest = TypedData.Digest(domain, signed.Message).Value;
        SignatureAnswer answer;
        if (SignatureCheck.KindOf(signed.Signer) == AccountKind.P256)
        {
            if (!Spelling.TryReadKey(keyText, out P256PublicKey key)) return new ReceiptFault.Unreadable(keyMember);
            if (key.Account != signed.Signer) return new ReceiptFault.KeyOfAnother(signed.Signer);
            answer = Verifier.Verify(key, signed.Signature.AsSpan(), digest);
        }
        else
        {
            if (keyText is not null) return new ReceiptFault.Superfluous(keyMember);
            answer = SignatureCheck.Verify(signed.Signer, signed.Signature.AsSpan(), digest, Verifier);
        }

        return answer == SignatureAnswer.Valid ? null : new ReceiptFault.BadSignature(signed.Signer, answer);
    }
}
