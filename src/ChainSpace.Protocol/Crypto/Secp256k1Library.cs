using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// libsecp256k1 found at run time. Called through its addresses rather than by <c>DllImport</c>: an assembly has one
/// resolver only, and a machine without the library must still start. The functions used here are the same in every release
/// since 0.2.0, whatever the number in the file's name. Any number of threads: the context is not written after loading.
/// </summary>
internal sealed unsafe class Secp256k1Library
{
    private const uint ContextForVerifyAndSign = 0x0301;
    private const uint Uncompressed = 0x02;
    private const int OpaqueKeySize = 64;
    private const int OpaqueSignatureSize = 65;
    private const int UncompressedSize = 65;

    private static readonly string[] Names =
    [
        "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.5", "libsecp256k1.so.6", "libsecp256k1.so",
        "libsecp256k1.6.dylib", "libsecp256k1.5.dylib", "libsecp256k1.2.dylib", "libsecp256k1.1.dylib", "libsecp256k1.dylib",
        "libsecp256k1-6.dll", "libsecp256k1-5.dll", "libsecp256k1-2.dll", "libsecp256k1-1.dll", "secp256k1.dll",
    ];

    private readonly nint context;
    private readonly delegate* unmanaged<nint, byte*, byte*, int, int> parse;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, int> recover;
    private readonly delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int> serializeKey;
    private readonly delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int> sign;
    private readonly delegate* unmanaged<nint, byte*, int*, byte*, int> serializeSignature;

    private Secp256k1Library(nint library)
    {
        parse = (delegate* unmanaged<nint, byte*, byte*, int, int>)
            NativeLibrary.GetExport(library, "secp256k1_ecdsa_recoverable_signature_parse_compact");
        recover = (delegate* unmanaged<nint, byte*, byte*, byte*, int>)
            NativeLibrary.GetExport(library, "secp256k1_ecdsa_recover");
        serializeKey = (delegate* unmanaged<nint, byte*, nuint*, byte*, uint, int>)
            NativeLibrary.GetExport(library, "secp256k1_ec_pubkey_serialize");
        sign = (delegate* unmanaged<nint, byte*, byte*, byte*, nint, nint, int>)
            NativeLibrary.GetExport(library, "secp256k1_ecdsa_sign_recoverable");
        serializeSignature = (delegate* unmanaged<nint, byte*, int*, byte*, int>)
            NativeLibrary.GetExport(library, "secp256k1_ecdsa_recoverable_signature_serialize_compact");
        context = CreateContext(library);
    }

    /// <summary>Null where the machine has no libsecp256k1, or one built without its recovery module.</summary>
    public static Secp256k1Library? Load()
    {
        Assembly assembly = typeof(Secp256k1Library).Assembly;
        foreach (string name in Names)
        {
            if (!NativeLibrary.TryLoad(name, assembly, null, out nint library)) continue;
            if (NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_recover", out _)) return new Secp256k1Library(library);
            NativeLibrary.Free(library);
        }

        return null;
    }

    /// <summary>Writes x ‖ y of the key that made r ‖ s.</summary>
    public bool TryRecover(ReadOnlySpan<byte> signature, int recovery, ReadOnlySpan<byte> digest, Span<byte> publicKey)
    {
        byte* opaqueSignature = stackalloc byte[OpaqueSignatureSize];
        byte* opaqueKey = stackalloc byte[OpaqueKeySize];
        byte* encoded = stackalloc byte[UncompressedSize];
        nuint length = UncompressedSize;
        fixed (byte* compact = signature)
        fixed (byte* message = digest)
        {
            if (parse(context, opaqueSignature, compact, recovery) != 1) return false;
            if (recover(context, opaqueKey, opaqueSignature, message) != 1) return false;
            serializeKey(context, encoded, &length, opaqueKey, Uncompressed);
        }

        new ReadOnlySpan<byte>(encoded + 1, UncompressedSize - 1).CopyTo(publicKey);
        return true;
    }

    /// <summary>Writes r ‖ s to the start of the signature; the recovery number is returned.</summary>
    public int Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signature.Length, 2 * Scalars.Size);
        byte* opaque = stackalloc byte[OpaqueSignatureSize];
        int recovery;
        fixed (byte* secret = privateKey)
        fixed (byte* message = digest)
        fixed (byte* compact = signature)
        {
            // No nonce function given: RFC 6979.
            if (sign(context, opaque, message, secret, 0, 0) != 1) throw new CryptographicException("libsecp256k1 did not sign.");
            serializeSignature(context, compact, &recovery, opaque);
        }

        return recovery is 0 or 1
            ? recovery
            : throw new InvalidOperationException("The nonce's x is above the order; one signature in 2¹²⁷ is.");
    }

    // The seed blinds what signing does with the private key, against listening to the processor.
    private static nint CreateContext(nint library)
    {
        var create = (delegate* unmanaged<uint, nint>)NativeLibrary.GetExport(library, "secp256k1_context_create");
        var randomize = (delegate* unmanaged<nint, byte*, int>)NativeLibrary.GetExport(library, "secp256k1_context_randomize");
        nint context = create(ContextForVerifyAndSign);
        byte* seed = stackalloc byte[Bytes32.Size];
        RandomNumberGenerator.Fill(new Span<byte>(seed, Bytes32.Size));
        if (randomize(context, seed) != 1) throw new CryptographicException("libsecp256k1 did not take its seed.");
        return context;
    }
}
