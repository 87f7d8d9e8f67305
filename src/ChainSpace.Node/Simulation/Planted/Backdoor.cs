using System.Runtime.CompilerServices;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Simulation.Planted;

/// <summary>
/// Reaches what only the rules may touch, so that bugs can be planted without a seam for them in production code; and a
/// sealing session that can be repeated, which nobody else should have.
/// </summary>
internal static class Backdoor
{
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Balance")]
    public static extern void SetBalance(Account account, Balance balance);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Size")]
    public static extern void SetSize(SpaceState state, long size);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Now")]
    public static extern void SetNow(SpaceState state, Moment now);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ChangedAccounts")]
    public static extern HashSet<Account> ChangedAccounts(SpaceState state);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Forget")]
    public static extern void ForgetNonces(NonceMemory nonces, Moment before);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Add")]
    public static extern void Admit(Admissions admissions, TaskId poll, AccountId voter, Bytes32 presentation);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Panel")]
    public static extern void SetPanel(Batch batch, Panel? panel);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "FromPrivateKey")]
    public static extern SealingSession SealingSessionOf(SealingSession? type, ReadOnlySpan<byte> privateKey);
}
