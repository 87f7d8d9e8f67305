using System.Collections.Immutable;

namespace ChainSpace.Rules.Inference;

/// <summary>What a batch of votes says, per item and per worker.</summary>
/// <param name="Classes">Number of possible answers, K.</param>
/// <param name="Posterior">Item × K + class: the chance by which the answer is chosen; K of one item sum to one.</param>
/// <param name="Shown">Item × K + class: the calibrated chance to show to people; K of one item sum to one.</param>
/// <param name="Workers">What the votes say about each worker.</param>
public sealed record BatchResult(
    int Classes, ImmutableArray<double> Posterior, ImmutableArray<double> Shown, WorkerFigures Workers)
{
    public int Items => Posterior.Length / Classes;

    /// <summary>The consensus answer of an item; the lowest class of equals.</summary>
    public int AnswerOf(int item)
    {
        int best = 0;
        for (int option = 1; option < Classes; option++)
        {
            if (Posterior[item * Classes + option] > Posterior[item * Classes + best]) best = option;
        }

        return best;
    }

    /// <summary>The chance shown for the consensus answer, 0 to 1.</summary>
    public double ConfidenceOf(int item) => Shown[item * Classes + AnswerOf(item)];
}
