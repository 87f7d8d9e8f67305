namespace ChainSpace.Protocol.Formats;

/// <summary>
/// One option is better than one other, <c>2&gt;0</c>; the code of "a before b" is a × options + b. The consensus is an
/// order of all options.
/// </summary>
public sealed record PairFormat(int Options) : ResponseFormat
{
    private readonly RankingFormat ranking = new(Options);

    /// <summary>The two options of a code, the better first.</summary>
    public (int Better, int Worse) PairOf(int code) => (code / Options, code % Options);

    public override bool Accepts(uint code) => code < Options * Options && code / Options != code % Options;

    public override bool AcceptsConsensus(uint code) => ranking.Accepts(code);

    /// <summary>1 where the order puts the two in the same way, else 0.</summary>
    public override double Similarity(int code, int answer)
    {
        int[] order = Permutation.Decode(answer, Options);
        (int better, int worse) = PairOf(code);
        return Array.IndexOf(order, better) < Array.IndexOf(order, worse) ? 1 : 0;
    }

    public override string Write(int code) => FormattableString.Invariant($"{code / Options}>{code % Options}");

    public override string WriteConsensus(int code) => ranking.Write(code);

    public override uint? Read(string answer)
    {
        string[] parts = answer.Split('>');
        if (parts.Length != 2 || Codes.Read(parts[0], o => o < Options) is not { } better) return null;
        if (Codes.Read(parts[1], o => o < Options) is not { } worse || worse == better) return null;
        return better * (uint)Options + worse;
    }
}
