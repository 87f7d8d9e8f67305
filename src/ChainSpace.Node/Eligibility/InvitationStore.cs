using ChainSpace.Protocol;

namespace ChainSpace.Node.Eligibility;

/// <summary>Who asked whom to take part in what. Only the invited account sees it, and can forget it. Thread-safe.</summary>
public sealed class InvitationStore(SideDatabase database)
{
    /// <summary>Most invitations an account keeps; the oldest go first.</summary>
    public const int Limit = 200;

    /// <summary>Longest text, in characters.</summary>
    public const int TextLimit = 500;

    public void Add(Invitation invitation)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        byte[] invitee = invitation.Invitee.Value.ToArray();
        database.Write(
            "INSERT INTO invitation(invitee, requester, task, text, at) VALUES ($0, $1, $2, $3, $4)",
            invitee, invitation.Requester.Value.ToArray(), invitation.Task, invitation.Text, invitation.At.Milliseconds);
        database.Write(
            """
            DELETE FROM invitation WHERE invitee = $0 AND id NOT IN
              (SELECT id FROM invitation WHERE invitee = $0 ORDER BY id DESC LIMIT $1)
            """,
            invitee, Limit);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Invitation> Of(AccountId invitee) => database.Read(
        "SELECT requester, task, text, at FROM invitation WHERE invitee = $0 ORDER BY id DESC",
        row => new Invitation(
            invitee, new AccountId(Bytes32.Read((byte[])row[0])), row.GetString(1), row.GetString(2),
            new Moment(row.GetInt64(3))),
        invitee.Value.ToArray());

    public int Forget(AccountId invitee) =>
        database.Delete("DELETE FROM invitation WHERE invitee = $0", invitee.Value.ToArray());
}

/// <summary>A requester asks an account to take part.</summary>
/// <param name="Task">Id of the task.</param>
public sealed record Invitation(AccountId Invitee, AccountId Requester, string Task, string Text, Moment At);
