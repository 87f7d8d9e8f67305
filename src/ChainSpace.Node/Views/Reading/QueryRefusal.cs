namespace ChainSpace.Node.Views.Reading;

/// <summary>Why a question about a space has no answer.</summary>
public abstract record QueryRefusal
{
    private QueryRefusal(string code) => Code = code;

    /// <summary>Stable, for programs.</summary>
    public string Code { get; }

    /// <summary>There is no such thing in the space.</summary>
    /// <param name="What"><c>poll</c> or <c>account</c>.</param>
    public sealed record NotFound(string What) : QueryRefusal("not_found");

    /// <summary>The cursor was not given out for this list.</summary>
    public sealed record BadCursor() : QueryRefusal("bad_cursor");

    /// <summary>The limit is out of bounds.</summary>
    public sealed record BadLimit(int Limit) : QueryRefusal("bad_limit");

    /// <summary>A filter is spelled wrong.</summary>
    public sealed record BadFilter(string Name) : QueryRefusal("bad_filter");

    /// <summary>One sentence for people.</summary>
    public string Sentence => this switch
    {
        NotFound missing => $"There is no such {missing.What} in this space.",
        BadCursor => "The cursor is not one of this list; start again without it.",
        BadLimit => "A page holds 1 to 200 items.",
        BadFilter filter => $"The filter '{filter.Name}' is not spelled as it should be.",
    };
}
