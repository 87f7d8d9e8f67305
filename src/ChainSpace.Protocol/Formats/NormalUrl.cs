namespace ChainSpace.Protocol.Formats;

/// <summary>An address as it is compared: no more of it is changed than everybody changes in the same way.</summary>
internal static class NormalUrl
{
    /// <summary>
    /// Scheme and host in lower case, without user, default port and fragment, with / where there is no path; null where it is no
    /// absolute http or https address of printable ASCII.
    /// </summary>
    public static string? Of(string url)
    {
        if (url.Any(static c => c is <= ' ' or > '~')) return null;
        int colon = url.IndexOf("://", StringComparison.Ordinal);
        string scheme = colon < 0 ? "" : url[..colon].ToLowerInvariant();
        if (scheme is not ("http" or "https")) return null;
        string rest = url[(colon + 3)..].Split('#')[0];
        int path = rest.AsSpan().IndexOfAny('/', '?');
        string authority = (path < 0 ? rest : rest[..path]).ToLowerInvariant(), tail = path < 0 ? "" : rest[path..];
        if (authority.Length == 0 || authority.Contains('@', StringComparison.Ordinal)) return null;
        string port = scheme == "http" ? ":80" : ":443";
        if (authority.EndsWith(port, StringComparison.Ordinal)) authority = authority[..^port.Length];
        return authority.Length == 0 ? null : $"{scheme}://{authority}{(tail.StartsWith('/') ? tail : "/" + tail)}";
    }
}
