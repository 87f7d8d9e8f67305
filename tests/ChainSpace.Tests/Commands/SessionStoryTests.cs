using System.Text.Json;

namespace ChainSpace.Tests.Commands;

/// <summary>An agent with a key of its own that speaks for somebody, as far as it was let.</summary>
public sealed class SessionStoryTests : IAsyncLifetime
{
    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "agent"]) await machine.DoneAsync("key", "new", name);
        await machine.DoneAsync("join");
        await machine.DoneAsync("join", "--key", "ann");
        await File.WriteAllTextAsync(machine.InHome("page.txt"), "The page, translated.\n");
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task An_agent_works_for_its_account_within_scope_and_limit()
    {
        string job = await PostAsync("10.00"), dear = await PostAsync("50.00");
        string[] asAnn = ["--key", "agent", "--as", "ann"];
        string stranger = await RefusedAsync(["job", "claim", job, .. asAnn]);
        Assert.Contains("key is not known here", stranger, StringComparison.Ordinal);
        await machine.DoneAsync("delegate", "agent", "--scopes", "work", "--spend", "2.00", "--key", "ann");
        await machine.DoneAsync(["job", "claim", job, .. asAnn]);
        await machine.DoneAsync(["job", "submit", job, "page.txt", .. asAnn]);
        await machine.DoneAsync("job", "accept", job);

        JsonElement part = (await machine.JsonAsync("job", "show", job)).GetProperty("assignments")[0];
        string ann = (await machine.JsonAsync("key", "show", "ann")).GetProperty("account").GetString()!;
        Assert.Equal((ann, "1000"), (part.GetProperty("worker").GetString(), part.GetProperty("paid").GetString()));

        // A bond of 15 % of 50.00 is more than the 0.50 that are left.
        Assert.Contains("0.50", await RefusedAsync(["job", "claim", dear, .. asAnn]), StringComparison.Ordinal);
        string[] post = ["job", "post", "--title", "For me", "--reward", "1.00", "--time", "1m"];
        Assert.Contains("scope 'hire'", await RefusedAsync([.. post, .. asAnn]), StringComparison.Ordinal);
        string unknown = await RefusedAsync(["job", "claim", dear, "--as", "nobody"]);
        Assert.Contains("no key 'nobody'", unknown, StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(string[] words)
    {
        Said said = await machine.RunAsync(words);
        Assert.Equal(1, said.Status);
        return said.Errors;
    }

    private async Task<string> PostAsync(string reward)
    {
        JsonElement posted = await machine.JsonAsync("job", "post", "--title", "Translate", "--reward", reward, "--time", "1m");
        return posted.GetProperty("id").GetString()!;
    }
}
