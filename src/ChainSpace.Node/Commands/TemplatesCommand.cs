using System.CommandLine;
using System.Text.Json;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Templates;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace templates</c>: terms that are usually right for a kind of task.</summary>
internal static class TemplatesCommand
{
    public static Command Create()
    {
        Command command = new(
            "templates", "List templates of tasks, for: chainspace post, batch post or job post --template NAME.") { Show() };
        command.AddJson();
        command.Does((parsed, _) =>
        {
            TemplateList all = new(TaskTemplate.All);
            if (parsed.GetValue<bool>(NodeOption.Json))
                Console.WriteLine(JsonSerializer.Serialize(all, TemplateJson.Default.TemplateList));
            else
                foreach (TaskTemplate each in all.Items) Console.WriteLine($"{each.Name,-17}{each.Kind,-6}{each.Summary}");
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>The template of this name.</summary>
    private static TaskTemplate Named(string name) =>
        TaskTemplate.All.FirstOrDefault(each => each.Name == name) ?? throw new Complaint(
            $"There is no template '{name}'; there are {string.Join(", ", TaskTemplate.All.Select(static each => each.Name))}.");

    /// <summary>The template of this name, for a poll.</summary>
    public static TaskTemplate OfPoll(string name) => Named(name) is { Kind: "poll" } template
        ? template
        : throw new Complaint($"'{name}' is a template of a job, not of a poll; use: chainspace job post --template {name}");

    /// <summary>The template of this name, for a job.</summary>
    public static TaskTemplate OfJob(string name) => Named(name) is { Kind: "job" } template
        ? template
        : throw new Complaint($"'{name}' is a template of a poll, not of a job; use: chainspace post --template {name}");

    /// <summary>What to do about a description with brackets.</summary>
    public static string ToFill(TaskTemplate template, string unfilled) =>
        $"The template '{template.Name}' leaves {unfilled} to you: say --description, after 'chainspace templates show "
        + $"{template.Name}'.";

    private static Command Show()
    {
        Argument<string> name = new("name") { Description = "Name of a template." };
        Command command = new("show", "Show a template with its reasons.") { name };
        command.AddJson();
        command.Does((parsed, _) =>
        {
            TaskTemplate template = Named(parsed.GetValue(name)!);
            if (parsed.GetValue<bool>(NodeOption.Json))
                Console.WriteLine(JsonSerializer.Serialize(template, TemplateJson.Default.TaskTemplate));
            else Say(template);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Say(TaskTemplate template)
    {
        Console.WriteLine($"{template.Name} ({template.Kind}): {template.Summary}\n");
        foreach ((string name, string value) in TemplateWords.Rows(template)) Console.WriteLine($"{name,-20}{value}");
        Console.WriteLine($"\n{"why",-20}{template.Reason}\n{"better answers",-20}{template.Quality}");
    }
}
