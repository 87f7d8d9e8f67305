using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSpace.Web.Serving;

/// <summary>A page that is rendered first and sent afterwards, so that a failure can still become another page.</summary>
internal abstract class PageResult : IResult
{
    private string html = "";

    public int Status { get; init; } = StatusCodes.Status200OK;

    public async Task RenderAsync(IServiceProvider services)
    {
        await using HtmlRenderer renderer = new(services, services.GetRequiredService<ILoggerFactory>());
        html = await renderer.Dispatcher.InvokeAsync(async () => (await RenderAsync(renderer)).ToHtmlString());
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(html, Encoding.UTF8, httpContext.RequestAborted);
    }

    protected abstract Task<HtmlRootComponent> RenderAsync(HtmlRenderer renderer);
}

/// <summary>
/// One component as a whole page. The plain renderer suffices, because pages have no circuit and post no forms; it spares
/// the node the framework's keys on disk and the state of sessions.
/// </summary>
internal sealed class PageResult<TPage>(params (string Name, object? Value)[] parameters) : PageResult
    where TPage : IComponent
{
    protected override Task<HtmlRootComponent> RenderAsync(HtmlRenderer renderer) =>
        renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(
            parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)));
}
