using System.Globalization;
using System.Numerics;

namespace ChainSpace.Protocol.Formats;

/// <summary>Any of the options, <c>0+2</c>; bit n of the code stands for option n. None of them is written <c>-</c>.</summary>
/// <param name="Options">How many there are, at most 30.</param>
/// <param name="MayBeEmpty">Labels may apply or not, all of them; of several choices at least one is made.</param>
public sealed record SetFormat(int Options, bool MayBeEmpty) : ResponseFormat
{
    public const uint MostOptions = 30;

    private const string None = "-";

    public override bool Accepts(uint code) => code < 1u << Options && (MayBeEmpty || code != 0);

    /// <summary>Votes may agree on nothing even where no single voter may say so.</summary>
    public override bool AcceptsConsensus(uint code) => code < 1u << Options;

    /// <summary>What both name over what either names (P. Jaccard, 1912); 1 where neither names anything.</summary>
    public override double Similarity(int code, int answer)
    {
        int either = BitOperations.PopCount((uint)(code | answer));
        return either == 0 ? 1 : BitOperations.PopCount((uint)(code & answer)) / (double)either;
    }

    public override string Write(int code)
    {
        IEnumerable<int> chosen = Enumerable.Range(0, Options).Where(option => (code >> option & 1) == 1);
        string text = string.Join('+', chosen.Select(static o => o.ToString(CultureInfo.InvariantCulture)));
        return text.Length == 0 ? None : text;
    }

    public override uint? Read(string answer)
    {
        if (answer == None) return Accepts(0) ? 0 : null;
        uint code = 0;
        foreach (string part in answer.Split('+'))
        {
            if (Codes.Read(part, option => option < Options) is not { } chosen || (code >> (int)chosen & 1) == 1) return null;
            code |= 1u << (int)chosen;
        }

        return Accepts(code) ? code : null;
    }
}
