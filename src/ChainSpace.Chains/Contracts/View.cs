using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Contracts;

/// <summary>Reads what a contract answers.</summary>
internal static class View
{
    /// <summary>A call whose result has these types; an endpoint that answers in another form is malformed.</summary>
    public static RpcCall<T> Of<T>(ChainCall call, string results, Func<AbiValue.Many, T> read, BlockTag? at = null)
        where T : notnull
    {
        AbiTuple types = AbiTuple.Parse(results);
        return Chain.Run(call, at ?? new BlockTag.Latest()).Then<T>(bytes =>
            types.TryDecode(bytes, out AbiValue.Many? values)
                ? read(values)
                : new RpcFault.Malformed($"The contract's answer is no {results}."));
    }

    public static AbiValue Words(IEnumerable<Bytes32> words) =>
        AbiValue.Of([.. words.Select(word => (AbiValue)word)]);

    public static AbiValue Blobs(IEnumerable<byte[]> blobs) => AbiValue.Of([.. blobs.Select(blob => (AbiValue)blob)]);

    public static AbiValue Addresses(IEnumerable<Address> addresses) =>
        AbiValue.Of([.. addresses.Select(address => (AbiValue)address)]);
}
