using System.Collections.Immutable;
using System.Reflection;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using CsCheck;

namespace ChainSpace.Tests.Rules;

/// <summary>An exception in the rules stops a space: nothing that can be written down may cause one.</summary>
public sealed class NonsenseTests
{
    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 99, 100, 101, 5_001, 9_999, 1_000_000, int.MaxValue, uint.MaxValue - 1, uint.MaxValue, 1UL << 40, long.MaxValue,
        (1UL << 63) + 1, ulong.MaxValue,
    ];

    private static readonly string[] Words =
    [
        "", ",", "=", "|", "a=", "=a", "open", "named", "sealed", "weighted", "lottery", "refund",
        "reputation>=", "reputation>=0.",
        "reputation>=0.0001", "reputation>=0.9999", "reputation>=9", "a=b,a=b", "country=DE|DE", new string('a', 512),
        new string(',', 512), new string('=', 512), string.Join(',', Enumerable.Repeat("country=DE", 40)),
        "vote,vote", "account,post,vote",
    ];

    [Fact]
    public void Nothing_that_can_be_sent_makes_the_rules_throw() => Act.Any.Array[0, 120].Sample(
        static acts =>
        {
            History history = new(isOnChain: acts.Length % 2 == 0) { Twist = Twist };
            Invariants invariants = new(history);
            foreach (Act act in acts)
            {
                if (act.Kind == 31) history.World.Now += 1L << (act.Value % 50);
                invariants.Check(history.Step(act), act);
            }
        },
        iter: History.Iterations);

    // Every second message has one field, picked by the act's numbers, set to something extreme.
    private static Message Twist(Message message, Act act)
    {
        if (act.Value % 2 == 0) return message;
        PropertyInfo[] fields = [.. message.GetType().GetProperties().Where(static p => p.CanWrite)];
        Message copy = message with { };
        PropertyInfo field = fields[act.Value / 2 % fields.Length];
        field.SetValue(copy, Extreme(field.GetValue(copy)!, act.Value / 7 + act.Which));
        return copy;
    }

    private static object Extreme(object value, int dice) => value switch
    {
        uint => (uint)(Numbers[dice % Numbers.Length] & uint.MaxValue),
        ulong => Numbers[dice % Numbers.Length],
        Moment => new Moment((long)(Numbers[dice % Numbers.Length] & long.MaxValue)),
        Amount => new Amount(dice % 3 == 0 ? UInt128.MaxValue >> (dice % 9) : Numbers[dice % Numbers.Length]),
        string => Words[dice % Words.Length],
        Bytes32 => World.Hash($"{dice}"),
        TaskId => new TaskId(World.Hash($"{dice}")),
        AccountId => Account(dice),
        ImmutableArray<AccountId> => Accounts(dice),
        ImmutableArray<byte> => Bytes(dice),
        Header header => Twist(header, dice),
        _ => throw new NotSupportedException($"A field of type {value.GetType()} needs extremes of its own."),
    };

    private static Header Twist(Header header, int dice) => (dice % 3) switch
    {
        0 => header with { Account = Account(dice / 3) },
        1 => header with { Nonce = Numbers[dice / 3 % Numbers.Length] },
        _ => header with { Expires = new Moment((long)(Numbers[dice / 3 % Numbers.Length] & long.MaxValue)) },
    };

    private static AccountId Account(int dice) => (dice % 3) switch
    {
        0 => default,
        1 => new AccountId(World.Hash($"{dice}")),
        _ => World.SessionId("phone"),
    };

    private static ImmutableArray<AccountId> Accounts(int dice) =>
        [.. Enumerable.Range(0, dice % 4 * 125).Select(i => new AccountId(World.Hash($"{i}"))).Order()];

    private static ImmutableArray<byte> Bytes(int dice) => (dice % 4) switch
    {
        0 => [],
        1 => [.. new byte[64]],
        2 => World.KeyOf("phone"),
        _ => [.. Enumerable.Repeat((byte)255, 36 * (dice % 400) + dice % 2)],
    };
}
