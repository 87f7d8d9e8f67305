using System.Collections.Immutable;

namespace ChainSpace.Rules.Payouts;

/// <summary>
/// Determinant-based mutual information (Y. Kong, "Dominantly Truthful Multi-task Peer Prediction with a Constant Number of
/// Tasks", SODA 2020): honesty is best whatever the others do, with as few as 2K items. It cannot tell an honest voter from one
/// who swaps the names of the options; that takes an item whose answer is known.
/// </summary>
public static class DeterminantInformation
{
    /// <summary>
    /// Each voter's mean over peers of det M₁ × det M₂, where M counts the pairs of answers in either half of the items that both
    /// have answered: the first, third, fifth … and the others. Each determinant is divided by T (T − 1) … (T − K + 1) of its T
    /// items, which makes it an unbiased estimate of the determinant of the chances, so that the score is one of det² whatever
    /// the number of items. Pairs with fewer than 2K items in common are left out; without any the score is 0.
    /// </summary>
    public static double[] Scores(AnswerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] scores = new double[table.Voters];
        for (int one = 0; one < table.Voters; one++)
        {
            int peers = 0;
            for (int other = 0; other < table.Voters; other++)
            {
                if (one == other) continue;
                var shared = table.Shared(one, other);
                if (shared.Length < 2 * table.Options) continue;
                scores[one] += Determinant(table.Options, shared, 0) * Determinant(table.Options, shared, 1);
                peers++;
            }

            if (peers > 0) scores[one] /= peers;
        }

        return scores;
    }

    private static double Determinant(int options, ImmutableArray<(int One, int Other)> shared, int first)
    {
        double[,] counts = new double[options, options];
        int items = 0;
        for (int place = first; place < shared.Length; place += 2, items++) counts[shared[place].One, shared[place].Other]++;
        double determinant = Eliminate(counts);
        for (int k = 0; k < options; k++) determinant /= items - k;
        return determinant;
    }

    // Gauss, with the largest of each column as its pivot, the first of equals: the same bits on every machine.
    private static double Eliminate(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double determinant = 1;
        for (int column = 0; column < size; column++)
        {
            int pivot = column;
            for (int row = column + 1; row < size; row++)
                if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column])) pivot = row;
            if (matrix[pivot, column] == 0) return 0;
            if (pivot != column) determinant = -determinant;
            for (int k = 0; k < size; k++)
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            determinant *= matrix[column, column];
            for (int row = column + 1; row < size; row++)
            {
                double factor = matrix[row, column] / matrix[column, column];
                for (int k = column; k < size; k++) matrix[row, k] -= factor * matrix[column, k];
            }
        }

        return determinant;
    }
}
