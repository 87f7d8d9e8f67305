using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>
/// An answer in the voter's own words, address, file or JSON. The code is a short digest of its normal form
/// (<see cref="OpenAnswer.Code"/>), so that answers agree where these are the same; the answer itself travels beside the vote,
/// and the salt of the vote's opening is its salted hash. Votes are sealed, or each could copy the one before.
/// </summary>
public sealed record OpenFormat(string Kind) : ResponseFormat
{
    /// <summary>Nobody knows how many answers there are; ten make agreement by chance as rare as among ten options.</summary>
    public override int Classes => 10;

    public override bool Accepts(uint code) => code < CodeLimit;

    public override double Similarity(int code, int answer) => code == answer ? 1 : 0;

    public override string Write(int code) => "#" + code.ToString("x8", CultureInfo.InvariantCulture);

    public override uint? Read(string answer)
    {
        if (answer.Length != 9 || answer[0] != '#') return null;
        const NumberStyles digits = NumberStyles.AllowHexSpecifier;
        bool isRead = uint.TryParse(answer.AsSpan(1), digits, CultureInfo.InvariantCulture, out uint code);
        return isRead && Accepts(code) && Write((int)code) == answer ? code : null;
    }

    internal static OpenFormat? TryRead(string text) =>
        text is "text" or "url" or "file" or "json" ? new OpenFormat(text) : null;
}
