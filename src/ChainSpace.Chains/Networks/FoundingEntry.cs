using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>What an entry of the file says about new spaces and their anchors: all of it may be left out.</summary>
internal sealed class FoundingEntry(JsonElement entry, Action<string> complain)
{
    private const int CoinDecimals = 18;

    // A million coins: whoever challenges has to put them down.
    private static readonly BigInteger BondMax = BigInteger.Pow(10, CoinDecimals + 6);

    public static ImmutableArray<string> Members { get; } =
    [
        "factory", "asset", "symbol", "decimals", "window", "exitAfter", "bond", "longestWait", "shortestPause",
    ];

    public FoundingTerms Read()
    {
        FoundingTerms usual = new();
        TimeSpan window = ReadSpan("window") ?? usual.Window, exit = ReadSpan("exitAfter") ?? usual.ExitAfter;
        // The vault refuses such terms, after it was paid for.
        if (exit <= window)
            complain($"wants an 'exitAfter' of {Duration.Write(exit)}, not above its 'window' of {Duration.Write(window)}");
        return new FoundingTerms
        {
            Factory = ReadAddress("factory"),
            Asset = ReadAsset(),
            Window = window,
            ExitAfter = exit,
            Bond = ReadBond() ?? usual.Bond,
        };
    }

    public AnchorPace ReadPace()
    {
        AnchorPace pace = new(ReadSpan("longestWait"), ReadSpan("shortestPause"));
        if (pace is { LongestWait: { } wait, ShortestPause: { } pause } && pause > wait)
            complain("has a 'shortestPause' above its 'longestWait'");
        return pace;
    }

    private AssetTerms? ReadAsset()
    {
        string? symbol = null;
        if (entry.TryGetProperty("symbol"u8, out JsonElement text) && !FoundingTerms.IsCurrency(symbol = Wire.TryText(text)))
            complain("has a 'symbol' that is not 1 to 12 letters or digits");
        uint? decimals = null;
        if (entry.TryGetProperty("decimals"u8, out JsonElement number))
        {
            bool isNumber = number.ValueKind == JsonValueKind.Number;
            if (isNumber && number.TryGetUInt32(out uint digits) && digits <= FoundingTerms.DecimalsMax) decimals = digits;
            else complain("has 'decimals' that are no number from 0 to 18");
        }

        if (ReadAddress("asset") is { } address) return new AssetTerms(address, symbol, decimals);
        bool isAlone = !entry.TryGetProperty("asset"u8, out _) && (symbol is not null || decimals is not null);
        if (isAlone) complain("has a 'symbol' or 'decimals' and no 'asset' that they belong to");
        return null;
    }

    private Address? ReadAddress(string member)
    {
        if (!entry.TryGetProperty(member, out JsonElement text)) return null;
        if (Address.TryParse(Wire.TryText(text), out Address address) && address != Address.Zero) return address;
        complain($"needs an address for '{member}': 0x and 40 digits, with the right checksum where they are in mixed case");
        return null;
    }

    private TimeSpan? ReadSpan(string member)
    {
        if (!entry.TryGetProperty(member, out JsonElement text)) return null;
        TimeSpan? span = Duration.Read(Wire.TryText(text));
        if (span?.TotalSeconds is > 0 and <= FoundingTerms.SecondsMax) return span;
        complain($"needs a span of time for '{member}', such as \"90s\", \"30m\", \"6h\" or \"1d\"");
        return null;
    }

    // Text, because a number of JSON with a point in it is read as a fraction of two by many programs.
    private Wei? ReadBond()
    {
        if (!entry.TryGetProperty("bond"u8, out JsonElement text)) return null;
        string[] parts = (Wire.TryText(text) ?? "").Split('.');
        bool isWritten = parts.Length <= 2 && parts.All(static part => part.Length > 0) && parts[^1].Length <= CoinDecimals;
        string digits = parts[0] + (parts.Length == 2 ? parts[1] : "").PadRight(CoinDecimals, '0');
        if (isWritten && BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger units)
            && units > 0 && units <= BondMax)
            return new Wei((UInt128)units);
        complain("has a 'bond' that is no text such as \"0.01\", in coins, above 0 and up to a million");
        return null;
    }
}
