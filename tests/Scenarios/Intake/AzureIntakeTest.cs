
namespace TfFlow.Scenarios.Intake;

/// <summary>The intake scenario through the Azure host's registrations, adapters and functions.</summary>
public sealed class AzureIntakeTest : IntakeScenario
{
    private protected override async Task<IntakeHost> StartAsync() => await AzureIntakeHost.CreateAsync();
}
