using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TfFlow.Api;

namespace TfFlow.WebConsole.Serving;

/// <summary>Says on a page what went wrong, to who asked for a page.</summary>
internal sealed partial class PageProblemHandler(ILogger<PageProblemHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!httpContext.Request.Path.StartsWithSegments(TfFlowConsole.Root)
            || !httpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            return false;
        }

        var (status, detail) = ProblemHandler.Told(exception);
        LogFailure(exception, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, status);
        await Pages.Refused(status, "Sorry, there is a problem", detail).ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Endpoint} answered {Status}")]
    private partial void LogFailure(Exception exception, string? endpoint, int status);
}
