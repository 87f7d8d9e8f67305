using System.Text.Json.Serialization;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>What verbs print for programs, beyond what the HTTP interface has.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyLine))]
[JsonSerializable(typeof(IReadOnlyList<KeyLine>))]
[JsonSerializable(typeof(KeyOutside))]
[JsonSerializable(typeof(SentLine))]
[JsonSerializable(typeof(PaidLine))]
[JsonSerializable(typeof(AnchorsLine))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(Checked))]
[JsonSerializable(typeof(NetworkAnswer))]
[JsonSerializable(typeof(Sizing))]
[JsonSerializable(typeof(DrawLine))]
[JsonSerializable(typeof(HeldLine))]
[JsonSerializable(typeof(IReadOnlyList<HeldLine>))]
[JsonSerializable(typeof(OpeningLine))]
[JsonSerializable(typeof(WorkLine))]
[JsonSerializable(typeof(InvitedLine))]
[JsonSerializable(typeof(ForgottenLine))]
[JsonSerializable(typeof(ExportedLine))]
[JsonSerializable(typeof(IReadOnlyList<GoldLine>))]
[JsonSerializable(typeof(IReadOnlyList<KeptGold>))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>A message that stands in the journal; for a posted poll, the id is the poll's.</summary>
internal sealed record SentLine(string Id, string Index, string Moment, string Account, string Space);

/// <summary>Money that went into a vault or came out; whether the space has credited it already, for what went in.</summary>
internal sealed record PaidLine(string Transaction, string Account, string Amount, bool? IsCredited);

/// <summary>What chains hold of a space: its vault with its anchors, where it has one, and super-roots.</summary>
internal sealed record AnchorsLine(VaultView? Vault, IReadOnlyList<SharedAnchorView> Shared);

/// <summary>A credential that this machine holds for an account.</summary>
internal sealed record HeldLine(string Issuer, bool IsSelfStated, IReadOnlyList<string> Attributes, string Expires, string File);

/// <summary>The networks, and which of them to take; null where none fits or nobody asked.</summary>
internal sealed record NetworkAnswer(IReadOnlyList<NetworkLine> Networks, string? Recommended, string? Reason);

/// <summary>A network, what a day of anchors costs there, in coins and in the caller's money, and whether it fits.</summary>
internal sealed record NetworkLine(NetworkView Network, string? CoinsPerDay, string? CostPerDay, string? Fit);

/// <summary>A space at a glance: its newest polls, and the account that asked, where it has one.</summary>
internal sealed record Overview(SpaceView Space, IReadOnlyList<PollView> Polls, AccountView? Account);

/// <summary>What a receipt proves; nothing is named where a link fails.</summary>
internal sealed record Checked(bool IsValid, IReadOnlyList<CheckedLink> Links)
{
    public string? Space { get; init; }
    public string? Index { get; init; }
    public string? Moment { get; init; }
    public string? Type { get; init; }
    public string? Account { get; init; }
    public string? Id { get; init; }
}

/// <summary>One link of the chain.</summary>
internal sealed record CheckedLink(string Name, bool IsOk, string Sentence);
