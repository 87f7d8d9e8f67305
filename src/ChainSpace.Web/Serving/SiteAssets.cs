using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace ChainSpace.Web.Serving;

/// <summary>
/// The pages' style, scripts, font and icon. They are inside the assembly, so a node finds them from whatever folder it
/// is started, and their address changes with their content.
/// </summary>
internal static class SiteAssets
{
    private const string Prefix = "Assets/";

    private static readonly FrozenDictionary<string, SiteAsset> _all = ReadAll();

    /// <summary>Differs whenever any of the files differs; modules import each other by relative address.</summary>
    public static string Version { get; } = VersionOf(_all);

    public static string Address(string name) => $"/assets/{Version}/{name}";

    public static SiteAsset? Find(string name) => _all.GetValueOrDefault(name);

    private static FrozenDictionary<string, SiteAsset> ReadAll()
    {
        Assembly assembly = typeof(SiteAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => Read(assembly, name));
    }

    private static SiteAsset Read(Assembly assembly, string name)
    {
        using Stream resource = assembly.GetManifestResourceStream(name)!;
        using MemoryStream content = new();
        resource.CopyTo(content);
        byte[] bytes = content.ToArray();
        string extension = Path.GetExtension(name);
        return new SiteAsset(TypeOf(extension), bytes, Compress(bytes));
    }

    // Null for what is packed already.
    private static byte[]? Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (BrotliStream brotli = new(compressed, CompressionLevel.SmallestSize)) brotli.Write(bytes);
        byte[] packed = compressed.ToArray();
        return packed.Length < bytes.Length ? packed : null;
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "text/plain; charset=utf-8",
    };

    private static string VersionOf(FrozenDictionary<string, SiteAsset> assets)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string name in assets.Keys.Order(StringComparer.Ordinal)) hash.AppendData(assets[name].Hash.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }
}

/// <summary>One file, with its Brotli form where that is smaller.</summary>
internal sealed record SiteAsset(string ContentType, byte[] Bytes, byte[]? Brotli)
{
    public ReadOnlyMemory<byte> Hash { get; } = SHA256.HashData(Bytes);

    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 12))}\"";
}
