using System.CommandLine;
using ChainSpace.Chains;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary>Who vouches for the payout roots of spaces that <c>up</c> founds on chains, and how many must.</summary>
internal sealed class WitnessOptions
{
    // Each costs gas with every root that becomes good, and the contract compares them one by one.
    private const int Most = 100;

    private readonly Option<string[]> witnesses = new("--witness")
    {
        Description = "Wallet (address or account) of somebody who checks the journal and signs its payout roots, for "
            + "spaces founded on a network; may be given several times.",
    };

    private readonly Option<int> threshold = new("--threshold")
    {
        Description = "How many witnesses must sign before a root may be claimed against; default: more than half.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(witnesses);
        command.Options.Add(threshold);
        command.Validators.Add(result =>
        {
            string[] texts = result.GetValue(witnesses) ?? [];
            if (texts.FirstOrDefault(static each => !TryRead(each, out _)) is { } wrong)
            {
                result.AddError($"'{wrong}' is no wallet.");
                return;
            }

            int count = texts.Select(Read).Distinct().Count(), wanted = result.GetValue(threshold);
            if (count < texts.Length) result.AddError("A witness is named twice.");
            else if (count > Most) result.AddError($"A space has at most {Most} witnesses.");
            else if (count == 0 && wanted != 0) result.AddError("--threshold needs witnesses; name each with --witness.");
            else if (wanted < 0 || wanted > count) result.AddError($"--threshold is 1 to {count}, the number of witnesses.");
        });
    }

    public SpaceOnChain Apply(ParseResult parsed, SpaceOnChain space)
    {
        Address[] all = [.. (parsed.GetValue(witnesses) ?? []).Select(Read)];
        int wanted = parsed.GetValue(threshold) is > 0 and var given ? given : all.Length / 2 + 1;
        return space with { Witnesses = all, Threshold = (byte)(all.Length == 0 ? 0 : wanted) };
    }

    private static Address Read(string text) => TryRead(text, out Address address) ? address : default;

    // An account as 'key show' prints it is the address with zeros before it.
    private static bool TryRead(string text, out Address address) =>
        Address.TryParse(text, out address)
        || (Bytes32.TryParse(text, out Bytes32 word) && Address.TryFrom(word, out address));
}
