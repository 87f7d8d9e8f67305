using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Requests that need the account's signature: <c>Authorization: Bearer</c>, spec/credentials.md.</summary>
internal static class Knocking
{
    private const string Scheme = "Bearer ";

    public static ProblemHttpResult UnknownAccount =>
        Problems.NotFound("unknown_account", "This account has not registered in this space.");

    /// <summary>Null where the account itself asks.</summary>
    public static async Task<ProblemHttpResult?> RefuseAsync(HttpContext context, SpaceHost host, string account)
    {
        if (!Bytes32.TryParse(account, out Bytes32 id) || host.Reader.Account(new AccountId(id)) is null) return UnknownAccount;
        string header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return Problems.Result(new Refused(
                401, "proof_needed", "This needs a proof in 'Authorization: Bearer'; see spec/credentials.md."));
        }

        (string, string) request = (context.Request.Method, context.Request.Path.ToString());
        CredentialFault? fault = await host.Eligibility.Door.CheckAsync(header[Scheme.Length..], new AccountId(id), request);
        return fault is { } because ? Problem(because) : null;
    }

    public static ProblemHttpResult Problem(CredentialFault fault) => Problems.Result(fault switch
    {
        CredentialFault.Malformed => new Refused(400, "malformed_credential", "It is not spelled as spec/credentials.md says."),
        CredentialFault.WrongIssuer => new Refused(
            401, "wrong_issuer", "The issuer's key did not sign it, or is another account's."),
        CredentialFault.Expired => new Refused(401, "credential_expired", "It is not valid now, or for longer than 366 days."),
        CredentialFault.WrongAudience => new Refused(
            401, "wrong_audience", "It is addressed to another space; GET …/challenge names this one."),
        CredentialFault.WrongNonce => new Refused(
            401, "wrong_nonce", "Its nonce is none of this node's, or was used; GET …/challenge gives one."),
        CredentialFault.NotFresh => new Refused(
            401, "not_fresh", "It was signed more than five minutes from now; look at the clock."),
        CredentialFault.WrongRequest => new Refused(401, "wrong_request", "The proof is for another method or path."),
        _ => new Refused(401, "not_bound", "Neither the account nor a session with the scope 'account' has signed it."),
    });
}
