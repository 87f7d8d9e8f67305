using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>One of the options; its number is the code.</summary>
public sealed record ChoiceFormat(int Options) : ResponseFormat
{
    public const uint MostOptions = 100;

    public override bool IsByOption => true;

    public override int Classes => Options;

    public override bool Accepts(uint code) => code < Options;

    public override double Similarity(int code, int answer) => code == answer ? 1 : 0;

    public override string Write(int code) => code.ToString(CultureInfo.InvariantCulture);

    public override uint? Read(string answer) => Codes.Read(answer, Accepts);
}
