using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace TfFlow.WebConsole.Serving;

/// <summary>What every request and answer of the console has to be like.</summary>
internal static class Guard
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return IsOwn(http.Request) ? await next(context) : Pages.Refused(
            StatusCodes.Status403Forbidden, "Not from this console", "What was sent does not come from a page of this console. Nothing was done.");
    }

    /// <summary>Whether something that changes anything was sent by a page of our own. Every instance of a host can tell, without a key that they
    /// would have to share: a browser says where a request comes from, and no page can make it say otherwise.</summary>
    private static bool IsOwn(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site ? site == new StringValues("same-origin")
            : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value);
}
