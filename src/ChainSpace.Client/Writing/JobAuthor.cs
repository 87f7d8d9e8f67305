using System.Collections.Immutable;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>What an author says of jobs where something travels beside the message.</summary>
public static class JobAuthor
{
    /// <summary>With the job's content attached, salted anew. The job's id is the id of the message.</summary>
    public static Envelope Post(this Author author, JobDraft draft)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(draft);
        ImmutableArray<byte> attachment = draft.Attachment(Salt());
        return author.Sign(header => draft.ToMessage(header, attachment)) with { Attachment = attachment };
    }

    /// <summary>With the work attached: salt ‖ what is handed in.</summary>
    public static Envelope Submit(this Author author, TaskId job, SaltedWork work)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(work);
        return author.Sign(header => new SubmitWork(header, job, work.Hash)) with { Attachment = work.Attachment };
    }

    /// <summary>Binds to work in a contest; keep the salted work to show it after the deadline.</summary>
    public static Envelope Commit(this Author author, TaskId job, SaltedWork work)
    {
        ArgumentNullException.ThrowIfNull(author);
        ArgumentNullException.ThrowIfNull(work);
        Bytes32 commitment = author.Domain.WorkCommitment(job, author.Account, work.Hash);
        return author.Sign(header => new CommitWork(header, job, commitment));
    }

    /// <summary>32 secret random bytes.</summary>
    public static Bytes32 Salt() => Bytes32.Read(RandomNumberGenerator.GetBytes(Bytes32.Size));
}

/// <summary>Work with the salt that keeps its hash from saying anything.</summary>
public sealed record SaltedWork(Bytes32 Salt, ImmutableArray<byte> Content)
{
    public ImmutableArray<byte> Attachment => [.. Salt.ToArray(), .. Content];

    public Bytes32 Hash => SaltedContent.HashOf(Attachment.AsSpan());

    /// <summary>Work as it was handed in; null where it is not the one of that hash.</summary>
    public static SaltedWork? Read(ReadOnlySpan<byte> attachment, Bytes32 hash) =>
        attachment.Length >= SaltedContent.SaltSize && SaltedContent.HashOf(attachment) == hash
            ? new SaltedWork(Bytes32.Read(attachment[..SaltedContent.SaltSize]), [.. attachment[SaltedContent.SaltSize..]])
            : null;
}
