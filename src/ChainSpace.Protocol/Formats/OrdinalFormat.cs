using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>
/// One grade of a scale, in order; its number is the code. A grade beside the answer is near it, but does not agree.
/// </summary>
public sealed record OrdinalFormat(int Options) : ResponseFormat
{
    public override bool IsByOption => true;

    public override int Classes => Options;

    public override bool Accepts(uint code) => code < Options;

    public override double Similarity(int code, int answer) =>
        code == answer ? 1 : Coherent * (1 - Math.Abs(code - answer) / (double)Options);

    public override string Write(int code) => code.ToString(CultureInfo.InvariantCulture);

    public override uint? Read(string answer) => Codes.Read(answer, Accepts);
}
