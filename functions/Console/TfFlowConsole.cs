using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Lifecycle;
using TfFlow.WebConsole.Calendar;
using TfFlow.WebConsole.Documents;
using TfFlow.WebConsole.Drops;
using TfFlow.WebConsole.Extracts;
using TfFlow.WebConsole.Questions;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole;

/// <summary>The web pages: the same in both hosts. The host brings the authentication, and says how people sign in.</summary>
public static class TfFlowConsole
{
    public const string Root = "/console";

    /// <summary>Before the API's services: what goes wrong on a page is said on a page.</summary>
    public static IServiceCollection AddTfFlowConsole(this IServiceCollection services, ConsoleSignIn signIn)
    {
        services.AddSingleton(signIn);
        services.AddRazorComponents();
        services.AddExceptionHandler<PageProblemHandler>();
        return services;
    }

    /// <returns>The console's own part of the addresses, for what only one host has.</returns>
    public static IEndpointRouteBuilder MapTfFlowConsole(this IEndpointRouteBuilder host)
    {
        host.MapGet("/", () => TypedResults.Redirect(Root)).ExcludeFromDescription();
        var console = host.MapGroup(Root).ExcludeFromDescription();
        console.AddEndpointFilter(Guard.InvokeAsync);
        console.MapAssets();
        console.MapGet("/", First);
        console.MapCalendar();
        console.MapDrops();
        console.MapExtracts();
        console.MapDocuments();
        if (host.ServiceProvider.GetRequiredService<Deployment>().Kind is DeploymentKind.Authority)
        {
            console.MapQuestions();
        }

        console.MapGet("/{**rest}", () => Pages.NotFound("If you typed the address, check it. If you followed a link, the page may be one of another role."));
        return console;
    }

    private static IResult First(HttpContext http, ConsoleSignIn signIn, Deployment deployment)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            return TypedResults.Redirect(signIn.SignIn);
        }

        var caller = Caller.From(http.User);
        return Sections.Of(caller, deployment) is [var first, ..] ? TypedResults.Redirect(first.Address) : Pages.Refused(
            StatusCodes.Status200OK,
            "Nothing here yet",
            $"There are no pages for the role {Words.Of(caller.Role)} yet. What the role may do is done on the command line: tfflow --help lists it.");
    }
}
