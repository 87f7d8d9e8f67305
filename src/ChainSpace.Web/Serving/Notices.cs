using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace ChainSpace.Web.Serving;

/// <summary>Pages that only say why there is nothing else to see.</summary>
internal static class Notices
{
    public static PageResult NotFound(string title, string detail) =>
        Notice(StatusCodes.Status404NotFound, new() { Title = title, Detail = detail });

    /// <summary>Nothing of that name in a space that there is: the way back is to the space.</summary>
    public static PageResult NotFoundIn(SpaceView space, string title, string detail) => Notice(
        StatusCodes.Status404NotFound,
        new() { Title = title, Detail = detail, BackAddress = Addresses.Space(space), BackLabel = $"Back to {space.Name}" });

    public static PageResult NoSpace(string space) =>
        NotFound("No such space", $"This node keeps no space called “{Shorten(space)}”.");

    public static PageResult Busy(string trace) => Notice(
        StatusCodes.Status503ServiceUnavailable,
        new()
        {
            Title = "The node is busy",
            Detail = "It could not read its journal just now. Nothing is lost: what was accepted is in the journal, and "
                + "locked rewards stay in escrow. Please look again in a few seconds.",
            Trace = trace,
        });

    public static PageResult Notice(int status, NoticeText text) =>
        new PageResult<NoticePage>((nameof(NoticePage.Text), text)) { Status = status };

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>What a notice says; a trace only where somebody can look it up in the diagnostics.</summary>
public sealed record NoticeText
{
    public required string Title { get; init; }
    public required string Detail { get; init; }
    public string? Trace { get; init; }

    /// <summary>Where to go instead; the front page where there is nothing nearer.</summary>
    public string BackAddress { get; init; } = "/";
    public string BackLabel { get; init; } = "All spaces of this node";
}
