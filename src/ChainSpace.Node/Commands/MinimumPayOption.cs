using System.CommandLine;

namespace ChainSpace.Node.Commands;

/// <summary>The least that work in a space pays an hour, as the operator says it to <c>up</c>.</summary>
internal sealed class MinimumPayOption
{
    public Option<string[]> Option { get; } = new("--minimum-pay")
    {
        Description = "Take only work that pays at least so much an hour by the time it states, with SPACE=AMOUNT, e.g. "
            + "demo=9.00; may be given several times.",
    };

    public MinimumPayOption() => Option.Validators.Add(static result =>
    {
        string[] said = result.GetValueOrDefault<string[]>() ?? [];
        foreach (string text in said)
        {
            bool isWhole = text.Split('=') is [{ Length: > 0 }, { Length: > 0 }];
            if (!isWhole) result.AddError($"--minimum-pay {text}: say SPACE=AMOUNT.");
        }

        if (said.Select(static text => text.Split('=')[0]).Distinct().Count() < said.Length)
            result.AddError("--minimum-pay: a space has one least pay.");
    });

    public IReadOnlyDictionary<string, string> Read(ParseResult parsed) =>
        (parsed.GetValue(Option) ?? []).Select(static each => each.Split('=')).ToDictionary(static e => e[0], static e => e[1]);
}
