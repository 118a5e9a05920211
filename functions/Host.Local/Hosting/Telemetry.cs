using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TfFlow.Host.Local.Durable;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Hosting;

/// <summary>Sends traces and metrics to an OpenTelemetry collector when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one; OpenTelemetry's other variables hold too.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private Telemetry()
    {
        var resource = ResourceBuilder.CreateDefault().AddService("tfflow");
        traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(DurableTelemetry.Name).AddSource(Acts.TelemetryName).AddOtlpExporter().Build();
        metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(DurableTelemetry.Name).AddOtlpExporter().Build();
    }

    public static Telemetry? FromEnvironment() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)) ? null : new();

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
