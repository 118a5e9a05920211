using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Azure;
using TfFlow.Lifecycle;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddTfFlowHost(builder.Configuration);

var app = builder.Build();
await app.Services.PrepareStoresAsync(CancellationToken.None);
await app.RunAsync();
