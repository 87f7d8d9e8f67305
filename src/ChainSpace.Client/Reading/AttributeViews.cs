using System.Text.Json;

namespace ChainSpace.Client.Reading;

/// <summary>A question to be repeated in a signature.</summary>
/// <param name="Nonce">Good once.</param>
/// <param name="Audience">To whom the signature is addressed.</param>
/// <param name="Expires">Moment until which it is taken.</param>
public sealed record ChallengeView(string Nonce, string Audience, string Expires);

/// <summary>An account shows attributes to the node.</summary>
/// <param name="Presentation">SD-JWT with key binding (spec/credentials.md).</param>
/// <param name="IsPublished">Whether everybody may see it in the account's profile; never anything sensitive.</param>
public sealed record PresentationBody(string Presentation, bool IsPublished = false);

/// <summary>What the node keeps of one presentation, shown to the account that made it.</summary>
public sealed record PresentationView
{
    public required string Issuer { get; init; }

    /// <summary>Said by the account of itself, and attested by nobody.</summary>
    public required bool IsSelfStated { get; init; }
    public required bool IsPublished { get; init; }

    /// <summary>Values by name, as they were stated.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Attributes { get; init; }
    public required string Stored { get; init; }
    public required string Expires { get; init; }

    /// <summary>SHA-256 of salt ‖ presentation.</summary>
    public required string Hash { get; init; }
    public required string Salt { get; init; }
    public required string Presentation { get; init; }
}

/// <summary>Who asks to be admitted.</summary>
public sealed record AdmissionBody(string Account);

/// <summary>An account may vote.</summary>
/// <param name="Index">The entry that admitted it; null where it was admitted before.</param>
public sealed record AdmissionView(string? Index);

/// <summary>Who asks how many accounts meet a filter, and why.</summary>
public sealed record CountBody(string Account, JsonElement Filter, string? Purpose = null);

/// <summary>About how many accounts meet a filter: with noise, and rounded.</summary>
/// <param name="Count">A multiple of <paramref name="Step"/>.</param>
/// <param name="Smallest">Fewer people than this are never counted.</param>
public sealed record CountView(int Count, int Smallest, int Step);

/// <summary>An account that was found, by what everybody may know of it.</summary>
public sealed record PersonView(
    string Id, string Attributes, IReadOnlyList<ReputationView> Reputation, IReadOnlyList<ReceiptCountView> Receipts);

/// <summary>How many tasks of a category paid an account.</summary>
public sealed record ReceiptCountView(string Category, int Count);

/// <summary>Who invites whom to what.</summary>
public sealed record InvitationBody(string Account, string To, string Task, string Text);

/// <summary>An invitation, as the invited account sees it.</summary>
public sealed record InvitationView(string From, string Task, string Text, string Moment);

/// <summary>What an account can prove of itself.</summary>
public sealed record ProfileView
{
    public required string Id { get; init; }

    /// <summary>Attributes it published in the journal.</summary>
    public required string Attributes { get; init; }

    /// <summary>With the evidence each score follows from.</summary>
    public required IReadOnlyList<ReputationView> Reputation { get; init; }

    /// <summary>Paid tasks by category.</summary>
    public required IReadOnlyList<ReceiptCountView> Receipts { get; init; }

    /// <summary>How it behaves as a party to jobs, with the mean of its ratings; null where it was none.</summary>
    public PartyView? Party { get; init; }

    /// <summary>Its newest votes and other entries; <c>…/receipts/{index}</c> proves each.</summary>
    public required IReadOnlyList<HistoryItem> Entries { get; init; }

    /// <summary>Credentials it published, each to be checked by its own signatures.</summary>
    public required IReadOnlyList<CredentialView> Credentials { get; init; }
}

/// <summary>A credential in a profile.</summary>
public sealed record CredentialView(
    string Issuer, bool IsSelfStated, IReadOnlyDictionary<string, JsonElement> Attributes, string Expires, string Presentation);
