using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;

namespace TfFlow.Api;

/// <summary>The HTTP interface: the same in both hosts. The host brings the authentication.</summary>
public static class TfFlowApi
{
    public static IServiceCollection AddTfFlowApi(this IServiceCollection services)
    {
        services.AddOpenApi("tfflow");
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        return services;
    }

    public static void MapTfFlowApi(this IEndpointRouteBuilder api)
    {
        api.MapOpenApi("/openapi/{documentName}.json");
        api.MapHealth();
        api.MapGrants();
        api.MapDiscoveries();
        api.MapExtracts();
        api.MapOutbox();
        api.MapCalendar();
        api.MapSweeps();
        api.MapInventory();
        api.MapKeys();
        api.MapInstances();
        api.MapLedger();
        api.MapRecipients();
        api.MapAgreements();
        api.MapHolds();
        api.MapRegisters();
        api.MapProcessing();
        if (api.ServiceProvider.GetRequiredService<Deployment>().Kind is DeploymentKind.Study)
        {
            api.MapStudy();
            return;
        }

        api.MapMatching();
        api.MapCases();
        api.MapCasePractice();
        api.MapOutcomes();
        api.MapClaims();
        api.MapConsents();
        api.MapPeople();
        api.MapNotices();
        api.MapObjections();
        api.MapMarkers();
        api.MapHouseholdKeys();
        api.MapQuestions();
        api.MapRequests();
        api.MapInformationRequests();
        api.MapResearch();
        api.MapStatistics();
        api.MapSubmissions();
        api.MapDisclosures();
        api.MapFiles();
    }
}
