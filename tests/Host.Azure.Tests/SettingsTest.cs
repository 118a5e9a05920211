using System.Text.Json;
using System.Text.RegularExpressions;

namespace TfFlow.Host.Azure.Tests;

/// <summary>The settings that the sources name, that local.settings.sample.json shows, that infra/main.bicep makes and that docs/azure.md explains are the same.</summary>
public sealed partial class SettingsTest
{
    private static readonly string[] Named = [.. Repository.HostSources()
        .SelectMany(source => Setting().Matches(source.Text))
        .Select(match => match.Groups["name"].Value)
        .Where(name => name != "WEBSITE_AUTH_ENABLED") // the platform's own
        .Distinct()
        .Order(StringComparer.Ordinal)];

    [Fact]
    public void The_sources_name_these() =>
        Assert.Equal(["Agreements", "CheckpointIdentity", "CheckpointSchedule", "CheckpointVault", "DropEvents", "DropQueue", "KeepInstancesDays", "KeyFolder", "KeyTable", "KeyVault", "Matching", "Organisation", "Origin", "PersonalData", "Prefix", "Study", "SweepSchedule"], Named);

    [Fact]
    public void The_sample_shows_each_setting_but_those_for_the_cloud_alone()
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var shown = sample.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name);
        Assert.Equal([.. Named.Except(["KeyVault", "CheckpointVault", "CheckpointIdentity"]), "AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"], shown.Order(StringComparer.Ordinal).OrderBy(name => Named.Contains(name) ? 0 : 1));
    }

    [Fact]
    public void The_template_makes_each_setting_but_the_key_folder()
    {
        var template = Repository.Read("infra/main.bicep");
        Assert.All(Named.Except(["KeyFolder"]), name => Assert.Matches($@"(?m)^    {name}(?:__\w+)?: ", template));
        Assert.DoesNotContain("KeyFolder", template, StringComparison.Ordinal);
    }

    [Fact]
    public void The_template_makes_no_setting_that_nobody_reads()
    {
        var settings = Repository.Read("infra/main.bicep");
        settings = settings[settings.IndexOf("name: 'appsettings'", StringComparison.Ordinal)..];
        settings = settings[..settings.IndexOf("dependsOn", StringComparison.Ordinal)];
        var made = MadeSetting().Matches(settings).Select(match => match.Groups["name"].Value).Distinct();
        string[] platform = ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AZURE_TOKEN_CREDENTIALS", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage"];
        Assert.Equal(Named.Except(["KeyFolder"]).Concat(platform).Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("local.settings.sample.json")]
    public void The_document_explains_every_line(string file)
    {
        using var json = JsonDocument.Parse(Repository.Read(file));
        var document = Repository.Read("docs/azure.md");
        Assert.All(Leaves(json.RootElement), name => Assert.Contains($"`{name}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void Orchestrations_start_at_the_products_own_version()
    {
        using var host = JsonDocument.Parse(Repository.Read("host.json"));
        var durable = host.RootElement.GetProperty("extensions").GetProperty("durableTask");
        Assert.Contains($"<Version>{durable.GetProperty("defaultVersion").GetString()}</Version>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.False(durable.GetProperty("tracing").GetProperty("traceInputsAndOutputs").GetBoolean());
    }

    private static IEnumerable<string> Leaves(JsonElement element) => element.EnumerateObject()
        .SelectMany(property => property.Value.ValueKind == JsonValueKind.Object ? Leaves(property.Value) : [property.Name]);

    [GeneratedRegex("""settings\["(?<name>\w+)"\]|(?:Tables|Address)\("(?<name>\w+)|%(?<name>\w+)%|Connection = "(?<name>\w+)"|Configuration\["(?<name>\w+)"\]""")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^    (?<name>[A-Za-z_]+?)(?:__\w+)?: ", RegexOptions.Multiline)]
    private static partial Regex MadeSetting();
}
