using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Aggregation;

/// <summary>An answer with how much it counts.</summary>
/// <param name="Code">The answer.</param>
/// <param name="Skilled">Log odds by the voter's own record, above zero; where votes are not weighted, as the crowd's.</param>
/// <param name="Plain">Log odds by the crowd's.</param>
public readonly record struct WeighedAnswer(int Code, double Skilled, double Plain)
{
    /// <summary>The votes that name an answer, in order.</summary>
    public static WeighedAnswer[] Of(ReadOnlySpan<Ballot> ballots, bool areWeighted)
    {
        List<WeighedAnswer> answers = new(ballots.Length);
        foreach (Ballot ballot in ballots)
        {
            if (!ballot.IsCounted) continue;
            double plain = ballot.Weights.Plain, skilled = areWeighted ? ballot.Weights.Skilled : plain;
            answers.Add(new WeighedAnswer(ballot.Choice, skilled, plain));
        }

        return [.. answers];
    }
}
