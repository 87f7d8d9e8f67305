using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using SuperLeaf = ChainSpace.Protocol.Settlement.SuperLeaf;
using SuperProof = ChainSpace.Protocol.Settlement.SuperProof;

namespace ChainSpace.Tests.Chains;

/// <summary>The acts of a vault with the arguments of the vectors.</summary>
internal static class VaultSamples
{
    private static readonly Address _alice = Address.Parse("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf");
    private static readonly Address _bob = Address.Parse("0x2b5ad5c4795c026514f8317c7a215e218dccd6cf");
    private static readonly AccountId _account = new(Word('7'));
    private static readonly PayoutLeaf _leaf = new(_account, 5, -5);
    private static readonly VaultAnchor _head = new(Word('1'), 7, 8, Word('2'), Word('3'));
    private static readonly SuperLeaf _superLeaf = new(new SpaceId(Word('1')), 9, Word('2'), Word('3'), Word('4'));
    private static readonly ImmutableArray<Bytes32> _proof = [Word('5'), Word('6')];
    private static readonly Endorsement _endorsement = new([_alice, _bob], [[0x12, 0x34], []]);
    private static readonly byte[] _key = [.. Word('8').ToArray(), .. Word('9').ToArray()];
    private static readonly byte[] _signature = [.. Word('a').ToArray(), .. Word('b').ToArray()];
    private static readonly VaultCalls _vault = new(_alice);

    public static Bytes32 Word(char digit) => Bytes32.Parse("0x" + new string(digit, 64));

    public static ChainCall Call(string name) => name switch
    {
        "deposit/1" => _vault.Deposit(_account, new Wei(5)),
        "deposit/2" => _vault.DepositTokens(_account, 5),
        "anchor/3" => _vault.Anchor(7, Word('1'), Word('2')),
        "anchorEndorsed/5" => _vault.AnchorEndorsed(7, Word('1'), Word('2'), _endorsement),
        "adopt/4" => _vault.Adopt(new SuperHead(_alice, Word('7'), Word('8')), new SuperProof(_superLeaf, _proof)),
        "endorse/3" => _vault.Endorse(_head, _endorsement),
        "propose/1" => _vault.Propose(_head),
        "promote/0" => _vault.Promote(),
        "challenge/0" => _vault.Challenge(new Wei(5)),
        "takeBond/1" => _vault.TakeBond(_alice),
        "claim/2" => _vault.Claim(_leaf, _proof),
        "claimMulti/3" => _vault.ClaimMulti([_leaf, _leaf], _proof, [true, false]),
        "claimTo/6" => _vault.ClaimTo(_alice, _key, _leaf, _proof, _signature),
        "claimFor/4" => _vault.ClaimFor(_alice, _leaf, _proof, [0x12, 0x34]),
        "end/0" => _vault.End(),
        "settle/2" => _vault.Settle(_leaf, _proof),
        "leave/1" => _vault.Leave(_account),
        "leaveTo/4" => _vault.LeaveTo(_alice, _key, _signature),
        "depositWithPermit/6" => _vault.DepositWithPermit(_account, 5, 9, [.. _signature, 27]),
        "depositWithAuthorization/9" => _vault.DepositWithAuthorization(
            new TokenAuthorization(_alice, _account, 5, 1, 9, Word('4')), [.. _signature, 28]),
        "leaveFor/3" => _vault.LeaveFor(_alice, _account, [0x12, 0x34]),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
