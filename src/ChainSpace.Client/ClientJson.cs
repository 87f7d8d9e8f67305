using System.Text.Json.Serialization;
using ChainSpace.Client.Reading;

namespace ChainSpace.Client;

/// <summary>
/// The JSON of spec/api.md, made without reflection. Members that mean nothing are left out; members that nobody here
/// knows are passed over, so that an older client reads a newer node.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(Page<SpaceView>))]
[JsonSerializable(typeof(Page<PollView>))]
[JsonSerializable(typeof(Page<VoteView>))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(Page<BatchView>))]
[JsonSerializable(typeof(Page<HistoryItem>))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(QuoteView))]
[JsonSerializable(typeof(Page<ReliabilityView>))]
[JsonSerializable(typeof(ReceiptDocument))]
[JsonSerializable(typeof(ContentView))]
[JsonSerializable(typeof(ConsistencyView))]
[JsonSerializable(typeof(FeedItem))]
[JsonSerializable(typeof(Page<NetworkView>))]
[JsonSerializable(typeof(VaultView))]
[JsonSerializable(typeof(MoneyView))]
[JsonSerializable(typeof(PayoutView))]
[JsonSerializable(typeof(EndorsementView))]
[JsonSerializable(typeof(WitnessSignature))]
[JsonSerializable(typeof(Page<SharedAnchorView>))]
[JsonSerializable(typeof(Page<ScoresView>))]
[JsonSerializable(typeof(Page<SeatView>))]
[JsonSerializable(typeof(Page<InboxItem>))]
[JsonSerializable(typeof(ChallengeView))]
[JsonSerializable(typeof(PresentationBody))]
[JsonSerializable(typeof(PresentationView))]
[JsonSerializable(typeof(Page<PresentationView>))]
[JsonSerializable(typeof(AdmissionBody))]
[JsonSerializable(typeof(AdmissionView))]
[JsonSerializable(typeof(CountBody))]
[JsonSerializable(typeof(CountView))]
[JsonSerializable(typeof(Page<PersonView>))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(Page<InvitationView>))]
[JsonSerializable(typeof(ProfileView))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(PollContent))]
[JsonSerializable(typeof(Page<JobView>))]
[JsonSerializable(typeof(DecisionView))]
[JsonSerializable(typeof(PartyView))]
public sealed partial class ClientJson : JsonSerializerContext;
