using System.Net;
using ChainSpace.Client.Writing;

namespace ChainSpace.Client;

/// <summary>The node would not answer a question; why stands in the refusal, where it said so.</summary>
public sealed class NodeRefusalException : HttpRequestException
{
    internal NodeRefusalException(string path, Sent.Refused refused)
        : base($"GET {path}: {refused}", inner: null, (HttpStatusCode)refused.Status) => Refused = refused;

    public Sent.Refused Refused { get; }
}
