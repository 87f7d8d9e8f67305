using ChainSpace.Node.Intake;
using ChainSpace.Node.Settlement;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Node.Api;

/// <summary>Every no as HTTP status, stable code and sentence; the one table of them (spec/refusals.md).</summary>
public static class Problems
{
    /// <param name="rejection">What is to be said.</param>
    /// <param name="currency">The money of the space that refuses.</param>
    public static Refused Of(Rejection rejection, Currency currency) => rejection switch
    {
        Rejection.Wire wire => Of(wire.Fault),
        Rejection.Signature signature => Of(signature.Answer),
        Rejection.WrongContent wrong => new Refused(400, "wrong_content", $"The poll's content does not fit: {wrong.Because}."),
        Rejection.LowPay low => new Refused(422, "below_minimum_pay", $"This node does not take the work: {low.Because}."),
        Rejection.UnreadableOpening => new Refused(
            400, "unreadable_opening", "The encrypted opening does not open the commitment; encrypt to the space's sealing key."),
        Rejection.TooMany => new Refused(
            429, "rate_limited", "This account has sent too many messages lately; send the same message again later."),
        Rejection.Busy => new Refused(503, "busy", "The node is busy; send the same message again."),
        Rejection.Ruled { Refusal: var no } => new Refused(StatusOf(no), Explain.Code(no), Explain.Sentence(no, currency)),
    };

    internal static Refused Of(EndorsementRefusal refusal) => refusal switch
    {
        EndorsementRefusal.NotAWitness => new Refused(
            403, "not_a_witness", "The address is none of the witnesses that the space was founded with."),
        EndorsementRefusal.Forged no => new Refused(
            401, "forged", $"The signature is not by {no.Witness} over the anchor of size {no.Size} in the vault's domain."),
    };

    /// <summary>The problem document of a single refusal (RFC 9457).</summary>
    public static ProblemHttpResult Result(Refused refused) => TypedResults.Problem(
        refused.Detail,
        statusCode: refused.Status,
        title: Title(refused.Status),
        type: $"/problems#{refused.Code}",
        extensions: new Dictionary<string, object?> { ["code"] = refused.Code });

    /// <summary>Gives what the framework refuses by itself the same form.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        ProblemDetails problem = context.ProblemDetails;
        if (problem.Extensions.ContainsKey("code")) return;
        Refused refused = Of(problem.Status ?? 500);
        (problem.Type, problem.Title, problem.Detail) = ($"/problems#{refused.Code}", Title(refused.Status), refused.Detail);
        problem.Extensions["code"] = refused.Code;
    }

    public static ProblemHttpResult UnknownSpace => NotFound("unknown_space", "There is no such space on this node.");

    public static ProblemHttpResult NotFound(string code, string detail) => Result(new Refused(404, code, detail));

    public static ProblemHttpResult Unreachable(string network) => Result(new Refused(
        503, "chain_unreachable", $"The network '{network}' gives no answer now; ask again in a moment."));

    public static string Title(int status) => status switch
    {
        400 => "Not valid",
        401 => "The signature does not hold",
        403 => "Not allowed",
        404 => "Not found",
        409 => "Too late, or already done",
        413 => "Too large",
        429 or 503 => "Come back later",
        >= 500 => "The node failed",
        _ => "Refused",
    };

    private static Refused Of(int status) => status switch
    {
        404 => new Refused(404, "not_found", "There is nothing at this address; /openapi/v1.json lists what there is."),
        405 => new Refused(405, "wrong_method", "This address takes another method; /openapi/v1.json says which."),
        413 => new Refused(413, "too_large", "The body is larger than the node takes."),
        >= 500 => new Refused(status, "failed", "The node failed at this; what it has accepted stands in the journal."),
        _ => new Refused(status, "bad_request", "The request is not spelled as /openapi/v1.json says."),
    };

    private static Refused Of(WireFault fault) => fault switch
    {
        WireFault.Malformed => new Refused(400, "malformed", "The body is not JSON."),
        WireFault.NotCanonical canonical => new Refused(
            400, "not_canonical", $"The message is not spelled canonically at '{canonical.Member}'; see spec/messages.md."),
        WireFault.UnknownType unknown => new Refused(400, "unknown_type", $"There is no message of type '{unknown.Type}'."),
        WireFault.TooLarge large => new Refused(413, "too_large", $"A message has at most {large.Limit} bytes."),
    };

    private static Refused Of(SignatureAnswer answer) => answer switch
    {
        SignatureAnswer.WrongLength => new Refused(401, "wrong_signature_length", "P-256 signatures have 64 bytes, wallets' 65."),
        SignatureAnswer.HighS => new Refused(401, "high_s", "The signature's s is in the upper half; send the other one."),
        SignatureAnswer.UnknownKey => new Refused(
            401, "unknown_key", "The signer's key is not known here; register or delegate first."),
        _ => new Refused(401, "forged", "The signature is not by this signer over this message in this space."),
    };

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        Stale or ExpiresTooLate or InvalidTerm or NoSuchAnswer or WrongVoting or WrongOpening or WrongKey => 400,
        NotRegistered or NotDelegated or SessionOver or OutOfScope or OperatorOnly or RequesterOnly or NotEligible => 403,
        UnknownPoll or UnknownBatch or UnknownJob or NotInJob => 404,
        AlreadyIn or NonceUsed or PollClosed or NotDrawnYet or HasVotes or NotOpening or AlreadyVoted or WrongGenesis => 409,
        BatchClosed or AlreadyExpedited or TooManyExpedited or PersonVoted => 409,
        JobClosed or JobFull or WrongPhase or NoRevisionLeft => 409,
        WrongCommitment => 400,
        OverBalance or OverSpendingLimit => 402,
        NoVault => 400,
        ConfidenceNotProven or TickDue or NothingDue or WrongBlock or NothingNew or WrongAnchor => 422,
    };
}
