using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TfFlow.Api;
using TfFlow.WebConsole;

namespace TfFlow.Host.Azure.Functions;

/// <summary>The API and the console as they run in either host: their own routing, behind the one route that Functions knows.</summary>
public sealed class ApiPipeline
{
    private readonly RequestDelegate pipeline;

    public ApiPipeline(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseExceptionHandler();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapTfFlowApi();
            endpoints.MapTfFlowConsole();
        });
        pipeline = app.Build();
    }

    public Task RunAsync(HttpContext context)
    {
        // The endpoint that Functions matched has been reached: routing begins anew.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return pipeline(context);
    }
}
