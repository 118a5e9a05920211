using TfFlow.Scenarios.Intake;

namespace TfFlow.Host.Azure.Tests.Sdk.Intake;

/// <summary>The intake scenario through the Azure host's registrations, adapters and functions.</summary>
public sealed class AzureIntakeTest : IntakeScenario
{
    private protected override async Task<IntakeHost> StartAsync() => await AzureIntakeHost.CreateAsync();
}
