using Azure.Core;
using Azure.Core.Serialization;
using Azure.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Api;
using TfFlow.Host.Azure;
using TfFlow.Host.Azure.Durable;
using TfFlow.Host.Azure.Functions;
using TfFlow.Host.Azure.Identity;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Proof;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(OrchestrationJson.Options));
builder.Services
    .AddSingleton(TimeProvider.System)
    .AddSingleton<TokenCredential, DefaultAzureCredential>(_ => new())
    .AddSingleton<Connections>()
    .AddSingleton(provider => provider.GetRequiredService<Connections>().OpenStores())
    .AddSingleton(provider => provider.GetRequiredService<Connections>().OpenKeyRing())
    .AddKeyedSingleton(Checkpoints.KeyRing, (provider, _) => provider.GetRequiredService<Connections>().OpenCheckpointKeyRing())
    .AddSingleton<BoundClient>()
    .AddSingleton<IOrchestrationClient, DurableClient>()
    .AddTfFlowLifecycle(new StoreNames(builder.Configuration["Prefix"] ?? "", builder.Configuration["Origin"] ?? "tfflow.local"), Connections.LoadAgreements(builder.Configuration))
    .AddTfFlowApi()
    .AddSingleton<ApiPipeline>()
    .AddAuthorization()
    .AddAuthentication(AppServiceAuthentication.Name)
    .AddScheme<AuthenticationSchemeOptions, AppServiceAuthentication>(AppServiceAuthentication.Name, configureOptions: null);

var app = builder.Build();
await app.Services.PrepareStoresAsync(CancellationToken.None);
await app.RunAsync();
