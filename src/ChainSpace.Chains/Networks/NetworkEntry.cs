using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>One network of the file. Every member is looked at, so that one reading finds every mistake.</summary>
internal sealed class NetworkEntry(JsonElement entry, int place, List<string> complaints)
{
    private const int NameMax = 32;
    private const ulong SecondsMax = 86_400;

    private static readonly ImmutableArray<string> Members =
    [
        "name", "chainId", "currency", "rpc", "agreement", "finality", "finalityClass", "finalitySeconds", "blockSeconds",
        "feeCeilingWei", "explorer", "publicRpc", .. FoundingEntry.Members,
    ];

    private string where = string.Create(CultureInfo.InvariantCulture, $"Network {place + 1}");

    public NetworkOptions? Read()
    {
        int before = complaints.Count;
        if (entry.ValueKind != JsonValueKind.Object)
        {
            Complain("must be an object");
            return null;
        }

        string name = ReadName();
        foreach (JsonProperty each in entry.EnumerateObject())
            if (!Members.Contains(each.Name)) Complain($"has a member '{each.Name}' that is not known");
        ulong chain = ReadNumber("chainId", 1, long.MaxValue);
        string? coin = ReadText("currency");
        string currency = FoundingTerms.IsCurrency(coin) ? coin! : Doubt("needs a 'currency' of 1 to 12 letters or digits");
        RpcTerms rpc = ReadRpc();
        FinalityTerms? finality = ReadFinality();
        Wei ceiling = ReadCeiling();
        string? explorer = ReadExplorer();
        Uri? everybodys = ReadPublicRpc();
        FoundingEntry founding = new(entry, Complain);
        FoundingTerms terms = founding.Read();
        AnchorPace pace = founding.ReadPace();
        if (complaints.Count > before || finality is null) return null;
        return new NetworkOptions(name, new ChainId(chain), currency, rpc, finality, ceiling, explorer)
        {
            PublicRpc = everybodys,
            Founding = terms,
            Pace = pace,
        };
    }

    private string ReadName()
    {
        string? name = ReadText("name");
        bool isFine = name is { Length: > 0 and <= NameMax }
            && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
        if (!isFine) return Doubt("needs a 'name' of lower-case letters, digits and hyphens");
        where = $"Network '{name}'";
        return name!;
    }

    private RpcTerms ReadRpc()
    {
        int before = complaints.Count;
        List<Uri> urls = [];
        if (entry.TryGetProperty("rpc"u8, out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in list.EnumerateArray())
            {
                string? text = Wire.TryText(each);
                if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https") urls.Add(url!);
                else Complain("has an 'rpc' address that is no http or https URL");
            }
        }

        if (urls.Count == 0) Complain("needs at least one 'rpc' address");
        // The same endpoint twice would agree with itself.
        if (urls.Distinct().Count() < urls.Count) Complain("has the same 'rpc' address twice");
        ulong agreement = entry.TryGetProperty("agreement"u8, out _) ? ReadNumber("agreement", 1, 100) : 1;
        if (complaints.Count == before && agreement > (ulong)urls.Count)
            Complain(string.Create(
                CultureInfo.InvariantCulture, $"wants {agreement} endpoints to agree and has {urls.Count}"));
        return new RpcTerms([.. urls], (int)agreement);
    }

    private FinalityTerms? ReadFinality()
    {
        FinalityRule? rule = ReadRule();
        FinalityClass? level = ReadText("finalityClass") switch
        {
            "fast" => FinalityClass.Fast,
            "standard" => FinalityClass.Standard,
            "strong" => FinalityClass.Strong,
            _ => null,
        };
        if (level is null) Complain("needs a 'finalityClass': fast, standard or strong");
        double block = ReadSeconds("blockSeconds");
        bool isGiven = entry.TryGetProperty("finalitySeconds"u8, out _);
        double delay = isGiven || rule is not FinalityRule.Confirmations
            ? ReadSeconds("finalitySeconds")
            : block * (((FinalityRule.Confirmations)rule).Blocks + 1);
        if (rule is null || level is null) return null;
        return new FinalityTerms(rule, level.Value, TimeSpan.FromSeconds(block), TimeSpan.FromSeconds(delay));
    }

    private FinalityRule? ReadRule()
    {
        if (ReadText("finality") is { } tag)
        {
            if (tag == "safe") return new FinalityRule.Safe();
            if (tag == "finalized") return new FinalityRule.Finalized();
        }
        else if (entry.TryGetProperty("finality"u8, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetUInt64(out ulong blocks) && blocks <= 10_000)
        {
            return new FinalityRule.Confirmations(blocks);
        }

        Complain("needs a 'finality': safe, finalized, or a number of blocks up to 10000");
        return null;
    }

    private Wei ReadCeiling()
    {
        if (entry.TryGetProperty("feeCeilingWei"u8, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && UInt128.TryParse(number.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 units)
            && units > 0 && new Wei(units) <= FeeChoice.CeilingMax)
            return new Wei(units);
        Complain("needs a 'feeCeilingWei', the most to offer for a unit of gas: a whole number from 1 to 2^80");
        return Wei.Zero;
    }

    private string? ReadExplorer()
    {
        if (!entry.TryGetProperty("explorer"u8, out _)) return null;
        string? text = ReadText("explorer");
        bool isFine = text is not null && text.Contains(NetworkOptions.ExplorerHole, StringComparison.Ordinal)
            && Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (!isFine) Complain($"has an 'explorer' that is no URL with {NetworkOptions.ExplorerHole} in it");
        return text;
    }

    private Uri? ReadPublicRpc()
    {
        if (!entry.TryGetProperty("publicRpc"u8, out _)) return null;
        bool isFine = Uri.TryCreate(ReadText("publicRpc"), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https";
        if (!isFine) Complain("has a 'publicRpc' that is no http or https URL");
        return url;
    }

    private double ReadSeconds(string member)
    {
        if (entry.TryGetProperty(member, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetDouble(out double seconds) && seconds is > 0 and <= SecondsMax)
            return seconds;
        Complain($"needs '{member}' above 0 and up to 86400");
        return 1;
    }

    private ulong ReadNumber(string member, ulong minimum, ulong maximum)
    {
        if (entry.TryGetProperty(member, out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetUInt64(out ulong value) && value >= minimum && value <= maximum)
            return value;
        Complain(string.Create(CultureInfo.InvariantCulture, $"needs a '{member}' from {minimum} to {maximum}"));
        return minimum;
    }

    private string? ReadText(string member) =>
        entry.TryGetProperty(member, out JsonElement text) ? Wire.TryText(text) : null;

    private string Doubt(string what)
    {
        Complain(what);
        return "";
    }

    private void Complain(string what) => complaints.Add($"{where} {what}.");
}
