using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>
/// One of two options, and which percentage of the others will choose option 1, <c>0@35</c>; the code is option × 101 +
/// percentage. There is no truth to it: what the others are believed to think makes it possible to pay for honesty.
/// </summary>
public sealed record OpinionFormat : ResponseFormat
{
    private const int Percentages = 101;

    public override bool IsByOption => true;

    public override int OptionOf(int code) => code / Percentages;

    /// <summary>The share of the others that the voter expects to choose option 1, 0 to 1.</summary>
    public static double PredictionOf(int code) => code % Percentages / 100.0;

    public override bool Accepts(uint code) => code < 2 * Percentages;

    public override bool AcceptsConsensus(uint code) => code < 2;

    public override double Similarity(int code, int answer) => OptionOf(code) == answer ? 1 : 0;

    public override string Write(int code) => FormattableString.Invariant($"{code / Percentages}@{code % Percentages}");

    public override string WriteConsensus(int code) => code.ToString(CultureInfo.InvariantCulture);

    public override uint? Read(string answer)
    {
        string[] parts = answer.Split('@');
        if (parts.Length != 2 || Codes.Read(parts[0], static o => o < 2) is not { } option) return null;
        return Codes.Read(parts[1], static p => p < Percentages) is { } percent ? option * Percentages + percent : null;
    }
}
