using System.Collections.Immutable;
using ChainSpace.Protocol.Formats;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// Several of the options at once: each option is a question of its own, chosen or not, and the answer is what is more likely
/// chosen than not. An option that is as likely as not is left out.
/// </summary>
internal static class SetConsensus
{
    /// <summary>The confidence is that of all options together, taken as independent: the product.</summary>
    public static Count Of(SetFormat format, ReadOnlySpan<WeighedAnswer> answers)
    {
        int[] chosen = new int[format.Options];
        int answer = 0;
        double confidence = 1;
        for (int option = 0; option < format.Options; option++)
        {
            Tally tally = TallyOf(option, answers);
            double chance = tally.Posterior()[1];
            chosen[option] = tally.Counts[1];
            if (chance > 0.5) answer |= 1 << option;
            confidence *= chance > 0.5 ? chance : 1 - chance;
        }

        ImmutableArray<int> perOption = ImmutableArray.Create(chosen);
        if (answers.IsEmpty) return Count.None(perOption);
        return new Count(answer, confidence, null, perOption) { Votes = answers.Length };
    }

    // Left out is option 0 of the tally, chosen is 1.
    private static Tally TallyOf(int option, ReadOnlySpan<WeighedAnswer> answers)
    {
        double[] skilled = new double[2], plain = new double[2];
        int[] counts = new int[2];
        foreach (WeighedAnswer answer in answers)
        {
            int side = answer.Code >> option & 1;
            skilled[side] += answer.Skilled;
            plain[side] += answer.Plain;
            counts[side]++;
        }

        return new Tally([.. skilled], [.. plain], [.. counts]);
    }
}
