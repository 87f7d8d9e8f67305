namespace ChainSpace.Protocol.Formats;

/// <summary>
/// What an answer to a poll looks like. Every answer is one number, its code, so that a vote is the same message whatever
/// is asked and a sealed vote the same number of bytes. The format says which codes there are, how people write them, and
/// how near two answers are. See spec/formats.md.
/// </summary>
public abstract record ResponseFormat
{
    /// <summary>Answers at least this near to the consensus answer agree with it.</summary>
    public const double Coherent = 0.5;

    /// <summary>Codes lie below this: a vote keeps negative numbers for what is hidden or spoiled.</summary>
    public const long CodeLimit = int.MaxValue;

    private protected ResponseFormat() { }

    /// <summary>True where the votes are counted option by option and one option is the answer.</summary>
    public virtual bool IsByOption => false;

    /// <summary>
    /// Answers among which a vote without knowledge would be right by chance, K of the voter's accuracy: the options where
    /// one of them is the answer, else 2, for an answer agrees with another or does not.
    /// </summary>
    public virtual int Classes => 2;

    /// <summary>The option an answer chooses, where votes are counted by option.</summary>
    public virtual int OptionOf(int code) => code;

    /// <summary>Whether a voter may answer this.</summary>
    public abstract bool Accepts(uint code);

    /// <summary>Whether the poll's consensus may be this; the same as a vote's answer in most formats.</summary>
    public virtual bool AcceptsConsensus(uint code) => Accepts(code);

    /// <summary>How near a vote is to a consensus answer, 0 to 1; <see cref="Coherent"/> and above agree.</summary>
    public abstract double Similarity(int code, int answer);

    public bool AreCoherent(int code, int answer) => Similarity(code, answer) >= Coherent;

    /// <summary>The answer as people write it, options by their number from zero.</summary>
    public abstract string Write(int code);

    /// <summary>A consensus answer, likewise.</summary>
    public virtual string WriteConsensus(int code) => Write(code);

    /// <summary>The code of a written answer, or null where it is none.</summary>
    public abstract uint? Read(string answer);

    /// <summary>
    /// The format of that text for that many options; null where the text is no format or cannot have so many.
    /// </summary>
    public static ResponseFormat? TryRead(string text, uint options) => text switch
    {
        "single" when options is >= 2 and <= ChoiceFormat.MostOptions => new ChoiceFormat((int)options),
        "yes-no" when options == 2 => new ChoiceFormat(2),
        "ordinal" when options is >= 2 and <= ChoiceFormat.MostOptions => new OrdinalFormat((int)options),
        "multiple" when options is >= 2 and <= SetFormat.MostOptions => new SetFormat((int)options, MayBeEmpty: false),
        "labels" when options is >= 1 and <= SetFormat.MostOptions => new SetFormat((int)options, MayBeEmpty: true),
        "ranking" when options is >= 2 and <= Permutation.MostItems => new RankingFormat((int)options),
        "pairwise" when options is >= 2 and <= Permutation.MostItems => new PairFormat((int)options),
        "opinion" when options == 2 => new OpinionFormat(),
        _ when options == 0 => OpenFormat.TryRead(text) ?? (ResponseFormat?)NumberFormat.TryRead(text),
        _ => null,
    };
}
