namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The requester of a task pays an account something beyond what was agreed, for a vote or for work in that task. Counted as
/// earned.
/// </summary>
/// <param name="Header">The requester.</param>
/// <param name="Task">What it is paid for; running, or ended not long ago.</param>
/// <param name="To">Who earns it.</param>
/// <param name="Amount">How much, more than zero.</param>
/// <param name="Note">SHA-256 of what is said with it; zero for nothing.</param>
public sealed record Bonus(Header Header, TaskId Task, AccountId To, Amount Amount, Bytes32 Note) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("amount"u8, Amount);
        WriteExpiryAndNonce(ref fields);
        fields.Id("note"u8, Note);
        fields.Id("task"u8, Task.Value);
        fields.Id("to"u8, To.Value);
        fields.Type("Bonus"u8);
    }
}
