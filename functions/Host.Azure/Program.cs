using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Azure;
using TfFlow.Lifecycle;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Logging.AddFilter("Azure", LogLevel.Error); // The clients warn of every 404 and 409, which are answers here.
builder.Services.AddTfFlowHost(builder.Configuration);

var app = builder.Build();
await app.Services.PrepareStoresAsync(CancellationToken.None);
await app.Services.GetRequiredService<Connections>().PrepareDropQueueAsync(CancellationToken.None);
await app.RunAsync();
