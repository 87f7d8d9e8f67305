using ChainSpace.Node.Eligibility;
using CsCheck;

namespace ChainSpace.Tests.Filters;

public sealed class CellGuardTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    [Fact]
    public void A_small_cell_and_a_small_rest_are_refused_and_the_others_are_rounded_and_near() =>
        Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 1_000], Gen.Byte.Array[0, 40]).Sample((count, rest, people) =>
        {
            int? shown = new CellGuard(Key).Show(count, count + rest, "who", people);
            if (count < CellGuard.Smallest || rest is > 0 and < CellGuard.Smallest) Assert.Null(shown);
            if (shown is not { } number) return;
            Assert.Equal(0, number % CellGuard.Step);
            Assert.InRange(number, count - CellGuard.Noise - CellGuard.Step / 2, count + CellGuard.Noise + CellGuard.Step / 2);
        });

    [Fact]
    public void The_same_question_gives_the_same_number_and_another_its_own_whoever_meets_it()
    {
        CellGuard guard = new(Key);
        Assert.Equal(guard.Show(500, 5_000, "who", [1]), guard.Show(500, 5_000, "who", [1]));
        Assert.True(Enumerable.Range(0, 50).Select(i => guard.Show(500, 5_000, "who", [(byte)i])).Distinct().Count() > 2);
        Assert.True(Enumerable.Range(0, 50).Select(i => guard.Show(500, 5_000, $"who {i}", [1])).Distinct().Count() > 2);
    }

    // S13: 1,000 filters over 50,000 people with eight descriptors.
    [Fact]
    public void A_thousand_filters_name_no_more_than_one_in_a_thousand_people_and_without_the_guard_many()
    {
        CellGuard guard = new(Key);
        AttackResult open = new DifferencingAttack(50_000, seed: 7).RunInPairs(1_000, guard: null);
        AttackResult guarded = new DifferencingAttack(50_000, seed: 7).RunInPairs(1_000, guard);
        AttackResult limited = new DifferencingAttack(50_000, seed: 7).RunInPairs(1_000, guard, EligibilityDesk.QuestionsPerDay);
        Assert.Equal(open.Claimed, open.Right);
        Assert.InRange(open.Right, 20, 500);
        Assert.InRange(guarded.Share, 0, 0.001);
        Assert.InRange(limited.Right, 0, guarded.Right);
        // What he claims is right no more often than a guess among ten would be, give or take chance.
        Assert.InRange(guarded.Right, 0, Math.Max(10, guarded.Claimed / 4));
        Assert.Equal(0, new DifferencingAttack(50_000, seed: 7).RunDirectly(1_000, guard).Claimed);
        Assert.True(new DifferencingAttack(50_000, seed: 7).RunDirectly(1_000, guard: null).Right > 20);
    }
}
