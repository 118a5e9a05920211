using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.WebConsole.Layout;

namespace TfFlow.WebConsole.Serving;

/// <summary>The row of the access table that lets people open a page, or send what its form or module sends.</summary>
public sealed record PageAccess(string Name);

internal static class Pages
{
    /// <summary>A page that only the roles of a row of <see cref="AccessTable"/> may open. Who is not signed in is sent to sign in.</summary>
    public static RouteHandlerBuilder WithPage(this RouteHandlerBuilder endpoint, string access) => endpoint
        .WithMetadata(new PageAccess(access))
        .AddEndpointFilter((context, next) => AccessFilter.InvokeAsync(context, next, access, (status, words, _) =>
            status == StatusCodes.Status401Unauthorized
                ? TypedResults.Redirect(context.HttpContext.RequestServices.GetRequiredService<ConsoleSignIn>().SignIn)
                : Refused(status, "You cannot open this page", words)));

    /// <summary>What a page's module asks for: refused as the API refuses.</summary>
    public static RouteHandlerBuilder WithCall(this RouteHandlerBuilder endpoint, string access) => endpoint
        .WithMetadata(new PageAccess(access))
        .AddEndpointFilter((context, next) => AccessFilter.InvokeAsync(context, next, access, (status, words, title) => TypedResults.Problem(
            status == StatusCodes.Status401Unauthorized ? "Your hour is over: sign in again." : words, title: title, statusCode: status)));

    /// <param name="parameters">By the names of the page's parameters.</param>
    public static RazorComponentResult<TPage> Show<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new(parameters) { StatusCode = status };

    public static IResult Refused(int status, string title, params string[] sentences) =>
        Show<MessagePage>(new { Title = title, Sentences = (IReadOnlyList<string>)sentences }, status);

    public static IResult NotFound(string words) => Refused(StatusCodes.Status404NotFound, "Page not found", words);

    /// <summary>After a post: the page that shows what was done, asked for anew.</summary>
    public static IResult See(string address) => new SeeOther(address);

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
