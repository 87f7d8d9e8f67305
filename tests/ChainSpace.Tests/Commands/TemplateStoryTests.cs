using System.Text.Json;
using ChainSpace.Tests.Checking;

namespace ChainSpace.Tests.Commands;

/// <summary>Tasks posted by a template: a poll, a batch, a job.</summary>
public sealed class TemplateStoryTests : IAsyncLifetime
{
    private readonly Machine machine = new();

    public async ValueTask InitializeAsync()
    {
        await machine.UpAsync("--no-demo", "--space", "demo");
        foreach (string name in (string[])["default", "ann", "bob", "cem"]) await machine.DoneAsync("key", "new", name);
    }

    public ValueTask DisposeAsync() => machine.DisposeAsync();

    [Fact]
    public async Task A_file_of_items_is_labelled_by_the_template()
    {
        await File.WriteAllTextAsync(machine.InHome("items.csv"), "title,description\nphoto 1,\nphoto 2,a street at night\n");
        string[] terms = ["--template", "labelling", "--reward", "0.30", "--max", "2", "--min", "2"];
        JsonElement posted = await machine.JsonAsync(["batch", "post", machine.InHome("items.csv"), .. terms]);
        string batch = posted.GetProperty("id").GetString()!;
        JsonElement view = await machine.JsonAsync("batch", "show", batch);
        Assert.Equal(("labels", "labelling"), (Text(view, "format"), Text(view, "category")));
        Assert.Equal(5, view.GetProperty("options").GetInt32());
        Assert.Equal("Which labels apply to this item?", Text(view.GetProperty("content"), "title"));

        string[] items = [.. (await ResultsAsync(batch)).Select(static row => row[1])];
        JsonElement first = await machine.JsonAsync("show", "poll", items[0]);
        JsonElement second = await machine.JsonAsync("show", "poll", items[1]);
        Assert.Equal("Look at the item and choose every label that applies; choose none where none does.",
            Text(first.GetProperty("content"), "description"));
        Assert.Equal("a street at night", Text(second.GetProperty("content"), "description"));
        Assert.Equal((2, 2, "sealed"),
            (first.GetProperty("minimum").GetInt32(), first.GetProperty("maximum").GetInt32(), Text(first, "voting")));

        foreach (string who in (string[])["ann", "bob"]) await machine.DoneAsync("vote", items[0], "Person,Animal", "--key", who);
        for (int tries = 0; tries < 50 && (await ResultsAsync(batch))[0][3] != "closed"; tries++) await Task.Delay(250);
        Assert.Contains("Person", (await machine.DoneAsync("batch", "results", batch)).Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_begins_with_the_terms_of_its_template_and_what_is_said_wins()
    {
        await File.WriteAllBytesAsync(machine.InHome("sum.json"), Classroom.JsonOf(Classroom.Suite));
        string[] coding = ["job", "post", "--template", "coding", "--reward", "10.00"];
        await RefusedAsync("name a suite with --tests", coding);
        await RefusedAsync("leaves [paste it] to you", [.. coding, "--tests", "sum.json"]);
        JsonElement posted = await machine.JsonAsync(
            [.. coding, "--tests", "sum.json", "--description", "Add two numbers.", "--review", "1h"]);
        JsonElement job = await machine.JsonAsync("job", "show", posted.GetProperty("id").GetString()!);
        Assert.Equal(("coding", "Write a program that passes the hidden tests", "Add two numbers."),
            (Text(job, "category"), Text(job.GetProperty("content"), "title"), Text(job.GetProperty("content"), "description")));

        await RefusedAsync("is a template of a poll", "job", "post", "--template", "census");
        await RefusedAsync("job post --template homework", "post", "--template", "homework");
        await RefusedAsync("leaves [paste it or link it] to you", "post", "--template", "moderation");
        await RefusedAsync("Say --title", "post", "--option", "Yes", "--option", "No");
        await machine.DoneAsync("post", "--template", "census", "--reward", "20.00", "--max", "20");
    }

    private async Task RefusedAsync(string words, params string[] arguments)
    {
        Said said = await machine.RunAsync(arguments);
        Assert.Equal(1, said.Status);
        Assert.Contains(words, said.Errors, StringComparison.Ordinal);
    }

    private async Task<string[][]> ResultsAsync(string batch) =>
    [
        .. (await machine.DoneAsync("batch", "results", batch)).TrimEnd().Split('\n').Skip(1)
            .Select(static row => row.Split(',')),
    ];

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;
}
