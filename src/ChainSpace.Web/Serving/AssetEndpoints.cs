using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ChainSpace.Web.Serving;

internal static class AssetEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/assets/{version}/{name}", Get).ExcludeFromDescription();

    private static Results<FileContentHttpResult, NotFound> Get(string version, string name, HttpContext context)
    {
        if (SiteAssets.Find(name) is not { } asset) return TypedResults.NotFound();

        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = version == SiteAssets.Version ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        return TypedResults.File(
            Choose(asset, context), asset.ContentType, entityTag: new EntityTagHeaderValue(asset.Tag));
    }

    private static byte[] Choose(SiteAsset asset, HttpContext context)
    {
        if (asset.Brotli is not { } brotli || !AcceptsBrotli(context.Request.Headers.AcceptEncoding)) return asset.Bytes;

        context.Response.Headers.ContentEncoding = "br";
        return brotli;
    }

    private static bool AcceptsBrotli(StringValues accepted) =>
        StringWithQualityHeaderValue.TryParseList(accepted, out IList<StringWithQualityHeaderValue>? codings)
        && codings.Any(coding => coding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
