using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Hosting;

/// <summary>Sends traces and metrics to an OpenTelemetry collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; OpenTelemetry's other variables hold too.</summary>
internal sealed class Telemetry : IDisposable
{
    /// <summary>The Durable Task engine's own source: a span for each orchestration and activity, with names and ids alone.</summary>
    private const string Engine = "DurableTask.Core";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private Telemetry()
    {
        var resource = ResourceBuilder.CreateDefault().AddService("tfflow");
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Engine).AddSource(Acts.TelemetryName).AddOtlpExporter().Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Acts.TelemetryName).AddOtlpExporter().Build();
    }

    public static Telemetry? FromEnvironment() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)) ? null : new();

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
