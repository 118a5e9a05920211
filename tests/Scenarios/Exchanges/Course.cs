using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;
using TfFlow.TestKit;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>How one exchange ended at one party.</summary>
/// <param name="How"><c>kept</c> until its day; read by the <c>key-worker</c>, as <c>advice</c> or for <c>outcomes</c>, of the family it was delivered to; <c>given</c>, <c>told</c> or <c>refused</c>.</param>
/// <param name="Means">By which means it came or went.</param>
/// <param name="On">The day nothing of it was left here; for what is told, the day of the record.</param>
/// <param name="Words">The rule that the certificate quotes, or why it was refused.</param>
/// <param name="Drop">What a drop is answered; empty where it is taken.</param>
internal sealed record ExchangeEnd(string How, string Means, DateOnly? On, string Words, string Drop = "");

/// <summary>Takes every exchange that comes to a party, or that it owes, to its end in one run of virtual time.</summary>
internal sealed partial class Course(Place place)
{
    private readonly Dictionary<(string Exchange, string Receiver), ExchangeEnd> ends = [];
    private readonly List<(string Exchange, Extract Extract)> waiting = [];
    private readonly List<(string Exchange, Extract Extract)> delivered = [];

    public async Task<IReadOnlyDictionary<(string Exchange, string Receiver), ExchangeEnd>> RunAsync(IReadOnlyList<ExchangeProspect> incoming, IReadOnlyList<ExchangeProspect> owed)
    {
        var isStudy = place.Service<Deployment>().Kind is DeploymentKind.Study;
        var supported = isStudy ? null : await place.SupportedAsync();
        var identifies = incoming.FirstOrDefault(prospect => prospect.Exchange.Uses.Contains(Use.Identification) && prospect.Exchange.Specification is not null && prospect.Exchange.From[0] != place.Organisation);
        if (identifies is not null)
        {
            await place.FamilyAsync(Place.InCohort, (identifies.Agreement, identifies.Exchange));
        }

        // Their intakes run side by side. Those that meet at one family try again a little later, on this clock.
        var sent = await Task.WhenAll(incoming.Select(SendAsync));
        await place.Host.Engine.AdvanceToAsync(place.Now.AddMinutes(1), World.Patience);
        foreach (var (prospect, end, id) in sent)
        {
            await NoteAsync(prospect, end, id);
        }

        await ReadAsync(supported?.Id);
        foreach (var prospect in owed)
        {
            await GiveAsync(prospect, supported?.Id);
        }

        if (waiting.Any(wait => wait.Extract.KeptUntil is null))
        {
            await EndProcessingAsync();
        }

        var gone = await CompleteAsync(supported?.Id);
        foreach (var day in waiting.Select(wait => wait.Extract.KeptUntil!.Value).Where(day => day > place.Now).Distinct().Order().ToList())
        {
            await place.SweepAtAsync(day.AddMinutes(-5));
            await NoteErasedAsync(day);
            await place.SweepAtAsync(day);
            await NoteErasedAsync(due: null);
        }

        await NoteFamilyAsync(supported?.Id, gone);
        return ends;
    }

    /// <returns>What is known of its end, and the extract; none for what is refused.</returns>
    private async Task<(ExchangeProspect Prospect, ExchangeEnd End, string? Id)> SendAsync(ExchangeProspect prospect)
    {
        var exchange = prospect.Exchange;
        if (exchange.Specification is null || exchange.Means.Count == 0)
        {
            return (prospect, new("refused", "", null, await RefusalAsync(prospect, Means.SealedDrop, [])), null);
        }

        var file = ExampleFile.Of(exchange.Specification, exchange.Withheld, place.Today, Place.Supported, Place.Stranger);
        var means = exchange.Means.OrderByDescending(means => means.IsDrop()).First(means => !means.IsSpoken());
        var drop = means.IsDrop() ? "" : await RefusalAsync(prospect, Means.SealedDrop, file);
        return (prospect, new("", Kebab.Of(means), null, "", drop), await place.ClaimAsync(exchange.Id, exchange.From[0], means, file));
    }

    private async Task NoteAsync(ExchangeProspect prospect, ExchangeEnd end, string? id)
    {
        var (exchange, key) = (prospect.Exchange, (prospect.Exchange.Id, place.Organisation));
        if (id is null)
        {
            ends[key] = end;
            return;
        }

        var extract = (await place.Registers.Extracts.GetAsync(id, World.Patience)).Row;
        Assert.True(extract.State is ExtractStage.Kept or ExtractStage.Erased, $"{exchange.Id}: {extract.State} {System.Text.Encoding.UTF8.GetString(await place.ReadAsync(extract.Agency, $"reports/{extract.Id}.json") ?? [])}");
        (extract.State is ExtractStage.Kept ? waiting : delivered).Add((exchange.Id, extract));
        ends[key] = end with { How = extract.State is ExtractStage.Kept ? "kept" : "delivered", Words = extract.RetentionRule };
    }

    /// <summary>What was delivered reaches whom it is for: the key worker of that family, or who checks its outcomes.</summary>
    private async Task ReadAsync(string? family)
    {
        if (family is null)
        {
            return;
        }

        using var keyWorker = place.As(Role.KeyWorker, account: Place.KeyWorker);
        using var coordinator = place.As(Role.Coordinator);
        var (shown, progress) = (await keyWorker.GetAsync<CaseInformation>($"/cases/{family}/incidents", World.Patience), await coordinator.GetAsync<CaseInformation>($"/cases/{family}/progress", World.Patience));
        foreach (var (exchange, _) in delivered)
        {
            var item = Assert.Single(shown.Items.Concat(progress.Items), item => item.Exchange == exchange);
            Assert.Equal(Place.Supported.Surname, item.Fields["surname"]);
            ends[(exchange, place.Organisation)] = ends[(exchange, place.Organisation)] with { How = item.Advisory ? "advice" : progress.Items.Contains(item) ? "outcomes" : "key-worker" };
        }
    }

    private async Task<string> RefusalAsync(ExchangeProspect prospect, Means means, byte[] file) =>
        (await Assert.ThrowsAsync<CommandException>(() => place.ClaimAsync(prospect.Exchange.Id, prospect.Exchange.From[0], means, file))).Message;

    /// <summary>Says that the processing is over, where something waits for that.</summary>
    private async Task EndProcessingAsync()
    {
        using var governance = place.As(Role.InformationGovernance);
        foreach (var agreement in waiting.Where(wait => wait.Extract.KeptUntil is null).Select(wait => wait.Extract.Agreement).Distinct())
        {
            await governance.PostAsync<ProcessingEnded>($"/agreements/{agreement}/processing-end", null, World.Patience);
        }

        await RefreshAsync();
        await place.SweepAtAsync(place.Now);
        await NoteErasedAsync(due: null);
    }

    /// <summary>Support is completed; a year later outcomes are checked and the case is reviewed.</summary>
    /// <returns>What was delivered to the family, and as which records.</returns>
    private async Task<IReadOnlyList<string>> CompleteAsync(string? family)
    {
        // What was given is collected in its days, and then gone.
        var given = await place.Registers.Given.ListAsync(World.Patience).Select(row => row.Row).ToListAsync();
        if (given.Count > 0)
        {
            await SweepOnAsync(given.Max(row => row.DueAt!.Value));
            foreach (var row in given)
            {
                Assert.Null(await place.ReadAsync(row.Outbox, row.FileName));
            }
        }

        await foreach (var (round, _) in place.Registers.Studies.ListAsync(World.Patience))
        {
            await SweepOnAsync(round.EndsAt);
            await NoteErasedAsync(due: null);
        }

        if (family is null)
        {
            return [];
        }

        var records = (await place.Registers.Families.GetAsync(family, World.Patience)).Row.Records.Select(record => record.ExtractId.Text).ToList();
        using var coordinator = place.As(Role.Coordinator);
        if ((await place.Registers.Cases.GetAsync(family, World.Patience)).Row.State is FamilyCaseState.Supported)
        {
            await coordinator.PostAsync<CaseView>($"/cases/{family}/completion", null, World.Patience);
        }

        await SweepOnAsync(place.Now.AddDays(366));
        await coordinator.PostAsync<CaseView>($"/cases/{family}/outcomes", null, World.Patience);
        await coordinator.PostAsync<CaseView>($"/cases/{family}/review", new ReviewRequest(FurtherRisk: false), World.Patience);
        await place.Host.Engine.IdleAsync(World.Patience);
        return records;
    }

    /// <summary>Goes to a time, and on the way to every day on which something is due.</summary>
    private async Task SweepOnAsync(DateTimeOffset until)
    {
        foreach (var day in waiting.Select(wait => wait.Extract.KeptUntil).OfType<DateTimeOffset>().Where(day => day > place.Now && day < until).Distinct().Order().ToList())
        {
            await place.SweepAtAsync(day.AddMinutes(-5));
            await NoteErasedAsync(day);
            await place.SweepAtAsync(day);
            await NoteErasedAsync(due: null);
        }

        await place.SweepAtAsync(until);
    }

    private async Task NoteFamilyAsync(string? family, IReadOnlyList<string> records)
    {
        if (family is null)
        {
            return;
        }

        var row = (await place.Registers.Families.GetAsync(family, World.Patience)).Row;
        if (row.DueAt is { } floor && floor > place.Now)
        {
            await SweepOnAsync(floor);
            row = (await place.Registers.Families.GetAsync(family, World.Patience)).Row;
        }

        foreach (var (exchange, extract) in delivered)
        {
            Assert.True(records.Contains(extract.Id.Text), $"{exchange} was not delivered to the family it is about");
            var certificate = await CertificateAsync(extract.Agency, $"certificates/{extract.Id}.{family}.json");
            ends[(exchange, place.Organisation)] = ends[(exchange, place.Organisation)] with { On = DateOnly.FromDateTime(certificate.EffectiveAt.UtcDateTime), Words = certificate.Rule };
        }
    }

    private async Task NoteErasedAsync(DateTimeOffset? due)
    {
        foreach (var (exchange, extract) in waiting.ToList())
        {
            var row = (await place.Registers.Extracts.GetAsync(extract.Id, World.Patience)).Row;
            Assert.False(row.State is ExtractStage.Erased && row.KeptUntil == due, $"{exchange} was erased before it was due");
            if (row.State is ExtractStage.Erased)
            {
                var certificate = await CertificateAsync(extract.Agency, $"certificates/{extract.Id}.json");
                ends[(exchange, place.Organisation)] = ends[(exchange, place.Organisation)] with { On = DateOnly.FromDateTime(certificate.EffectiveAt.UtcDateTime), Words = certificate.Rule };
                waiting.Remove((exchange, extract));
            }
        }
    }

    private async Task RefreshAsync()
    {
        for (var i = 0; i < waiting.Count; i++)
        {
            waiting[i] = (waiting[i].Exchange, (await place.Registers.Extracts.GetAsync(waiting[i].Extract.Id, World.Patience)).Row);
        }
    }

    private async Task<ErasureCertificate> CertificateAsync(string agency, string name) => JsonSerializer.Deserialize<ErasureCertificate>((await place.ReadAsync(agency, name))!, Outbox.Json)!;
}
