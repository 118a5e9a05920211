using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit;

namespace TfFlow.Scenarios.Exchanges;

/// <remarks>What a party owes others, and what it tells them.</remarks>
internal sealed partial class Course
{
    private async Task GiveAsync(ExchangeProspect prospect, string? family)
    {
        var (exchange, receiver) = (prospect.Exchange, prospect.Receiver);
        using var coordinator = place.As(Role.Coordinator, place.Organisation);
        if (prospect.Kind is ProspectKind.Recorded)
        {
            var told = await coordinator.PostAsync<ToldRecord>(
                "/disclosures",
                new TellingRequest(exchange.Id, [], exchange.Means.First(means => means.IsSpoken()), InformationKind.RiskToWorker, [family!], place.Today, Attendees: 3, ConfidentialityAgreed: true),
                World.Patience);
            ends[(exchange.Id, $"{place.Organisation} → those who attend")] = new("told", Kebab.Of(exchange.Means[0]), place.Today, told.Basis);
            return;
        }

        await place.KeyOfAsync(receiver);
        switch (exchange.Dataset)
        {
            case "markers":
                await MarkAsync(prospect, family!);
                return;
            case "study-linkage":
                await LinkAsync(prospect);
                return;
        }

        var given = exchange.Dataset == GivenFiles.ListDataset
            ? await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest(exchange.Id, receiver), World.Patience)
            : await coordinator.PostFileAsync<GivenFileView>(
                $"/exchanges/{exchange.Id}/files/{receiver}", new MemoryStream(ExampleFile.Of(exchange.Specification!, exchange.Withheld, place.Today, Place.Supported)), World.Patience);
        var named = await NamedAsync(prospect, await place.OpenAsync(given.Outbox, given.File, given.Id, receiver));
        ends[Given(prospect)] = new("given", Kebab.Of(Enum.Parse<Means>(given.Means)), DateOnly.FromDateTime(given.DueAt!.Value.UtcDateTime), named);
    }

    private (string Exchange, string Receiver) Given(ExchangeProspect prospect) => (prospect.Exchange.Id, $"{place.Organisation} → {prospect.Receiver}");

    /// <summary>A marker is set on the signed consent, and taken off when support is completed; the police confirm each.</summary>
    private async Task MarkAsync(ExchangeProspect prospect, string family)
    {
        var (exchange, police) = (prospect.Exchange, prospect.Receiver);
        using var coordinator = place.As(Role.Coordinator, place.Organisation);
        await coordinator.PostAsync<CaseView>($"/cases/{family}/marker", new MarkerRequest(exchange.Id, police), World.Patience);
        var set = await ConfirmAsync(police);
        Assert.StartsWith("set", set.Content.Split("\r\n")[1], StringComparison.Ordinal);
        var named = await NamedAsync(prospect, System.Text.Encoding.UTF8.GetBytes(set.Content));
        await coordinator.PostAsync<CaseView>($"/cases/{family}/completion", null, World.Patience);
        var removed = await ConfirmAsync(police);
        Assert.StartsWith("remove", removed.Content.Split("\r\n")[1], StringComparison.Ordinal);
        Assert.Null(await place.ReadAsync(police, removed.File));
        ends[Given(prospect)] = new("given", "sealed-drop", place.Today, named);
    }

    private async Task<(string Content, string File)> ConfirmAsync(string police)
    {
        await place.Host.Engine.IdleAsync(World.Patience);
        using var force = place.As(Role.PoliceOperator, police);
        var instruction = (await force.GetAsync<MarkerView[]>($"/agencies/{police}/markers", World.Patience)).Single(row => row.State is "Sent");
        var content = await place.OpenAsync(police, instruction.File, instruction.Id, police);
        await force.PostAsync<MarkerView>($"/agencies/{police}/markers/{instruction.Id}/confirmation", null, World.Patience);
        await place.Host.Engine.IdleAsync(World.Patience);
        return (System.Text.Encoding.UTF8.GetString(content), instruction.File);
    }

    /// <summary>A round of the study ends a year on: until then each department has its linkage file.</summary>
    private async Task LinkAsync(ExchangeProspect prospect)
    {
        using var custodian = place.As(Role.LinkageCustodian);
        var rounds = await custodian.GetAsync<StudyView[]>("/studies", World.Patience);
        var (id, departments) = (rounds.FirstOrDefault()?.Id, prospect.Exchange.To);
        if (id is null)
        {
            foreach (var department in departments)
            {
                await place.KeyOfAsync(department);
            }

            id = (await custodian.PostAsync<StudyView>("/studies", new StudyOpening(place.Today.AddYears(1)), World.Patience)).Id;
            await custodian.PostAsync<StudyView>($"/studies/{id}/linkage", new StudyLinkageRequest(prospect.Exchange.Id, [.. departments]), World.Patience);
            await place.Host.Engine.IdleAsync(World.Patience);
        }

        var named = await NamedAsync(prospect, await place.OpenAsync(prospect.Receiver, $"linkage/{id}.sealed", id, prospect.Receiver));
        ends[Given(prospect)] = new("given", "sealed-drop", place.Today.AddYears(1), named);
    }

    /// <summary>Reads what was given as its dataset says.</summary>
    /// <returns>The surnames, or what else its first column holds, in order.</returns>
    private async Task<string> NamedAsync(ExchangeProspect prospect, byte[] content)
    {
        var (exchange, rows) = (prospect.Exchange, new List<string>());
        var column = Math.Max(0, exchange.Specification!.Find(IdentityColumns.Surname));
        var read = await ExtractReader.ReadAsync(
            new MemoryStream(content),
            exchange.Specification,
            ExtractReadOptions.For(prospect.Agreement, exchange, place.Today, plan: null),
            (row, _) =>
            {
                rows.Add(System.Text.Encoding.UTF8.GetString(row[column]));
                return ValueTask.CompletedTask;
            },
            World.Patience);
        Assert.True(read.State is ExtractState.Accepted, $"{exchange.Id} as it was given is not what its dataset says");
        return string.Join(' ', rows.Order(StringComparer.Ordinal));
    }
}
