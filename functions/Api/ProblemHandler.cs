using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Retention;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;

namespace TfFlow.Api;

/// <summary>Turns what went wrong into problem+json: what, and what to do; nothing of the request is repeated.</summary>
internal sealed partial class ProblemHandler(IProblemDetailsService problems, ILogger<ProblemHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, detail) = Told(exception);
        LogFailure(exception, httpContext.GetEndpoint()?.DisplayName, status);
        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = { Status = status, Detail = detail } });
    }

    /// <summary>What the person who asked is told.</summary>
    public static (int Status, string Detail) Told(Exception exception) => exception switch
    {
        StorageException { Error: StorageError.Unavailable } => (StatusCodes.Status503ServiceUnavailable, "The store cannot be reached. Try again in a minute."),
        LostUpdateException => (StatusCodes.Status409Conflict, "Somebody else changed this at the same moment. Look again and repeat."),
        HeldException held => (StatusCodes.Status409Conflict, held.Message),
        BadHttpRequestException bad => (bad.StatusCode, "The request is malformed: see /openapi/tfflow.json for its form."),
        _ => (StatusCodes.Status500InternalServerError, "Something failed here. It is in the log under the trace id; nothing was done in part that will not be finished or undone."),
    };

    [LoggerMessage(LogLevel.Error, "{Endpoint} answered {Status}")]
    private partial void LogFailure(Exception exception, string? endpoint, int status);
}
