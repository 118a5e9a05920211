using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios.Cases;

/// <summary>A person's request about their data, from its receipt to the answer, on a real store and in virtual time.</summary>
public sealed class RightsTest(CaseWorld world) : IClassFixture<CaseWorld>
{
    private static readonly string Letter = new('d', 64);

    private const string Authority = CaseWorld.Council;

    private DateOnly Today => DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Originators_are_asked_and_asked_again_what_is_late_is_escalated_and_the_answer_ends_it()
    {
        var family = await world.FamilyAsync();
        var request = await ActAsync("/requests", new RequestReceipt(SubjectRequestKind.Access, Today, [family.Id]));
        Assert.InRange(request.DueOn, Today.AddMonths(1), Today.AddMonths(1).AddDays(2));
        Assert.Equal([CaseWorld.Police], request.Originators);

        // By references alone: whom it is about the originator is told otherwise.
        await UntilAsync(request.Id, row => row.State is SubjectRequestState.Consulting);
        var question = await world.DocumentAsync<SubjectQuestion>(CaseWorld.Police, $"requests/{request.Id}.json");
        Assert.Equal([family.Records[0].ExtractId], question.Extracts);
        Assert.Contains("the views of " + CaseWorld.Police, await RefusedAsync($"/requests/{request.Id}/decision", new RequestDecision(Letter, ExemptionsAssessed: true)), StringComparison.Ordinal);
        Assert.Contains("14 days", await RefusedAsync($"/requests/{request.Id}/views", new RequestViewRecord(CaseWorld.Police, null)), StringComparison.Ordinal);

        await world.PassAsync(TimeSpan.FromDays(SubjectRequest.ViewDays));
        Assert.NotNull((await RowAsync(request.Id)).ChasedAt);
        Assert.Single(await OutcomesAsync("request.chase", request.Id));
        Assert.Empty(await OutcomesAsync("request.escalate", request.Id));

        // The last day has come, and nobody has decided.
        await world.PassAsync(request.DueOn.ToDateTime(TimeOnly.MinValue) - world.Time.GetUtcNow().UtcDateTime);
        var escalated = await world.DocumentAsync<RequestEscalation>(Authority, $"escalations/request-{request.Id}.json");
        Assert.Equal((request.DueOn, CaseWorld.Police), (escalated.Due, Assert.Single(escalated.Unheard)));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(await OutcomesAsync("request.escalate", request.Id));
        await world.PassAsync(TimeSpan.FromDays(SubjectRequestRow.EscalationDays));
        Assert.Equal(2, (await OutcomesAsync("request.escalate", request.Id)).Count);

        await ActAsync($"/requests/{request.Id}/views", new RequestViewRecord(CaseWorld.Police, null));
        Assert.Contains("exemptions assessed", await RefusedAsync($"/requests/{request.Id}/decision", new RequestDecision(Letter, ExemptionsAssessed: false)), StringComparison.Ordinal);
        Assert.Contains("decision and its reasons", await RefusedAsync($"/requests/{request.Id}/decision", new RequestDecision("given", ExemptionsAssessed: true)), StringComparison.Ordinal);
        await ActAsync($"/requests/{request.Id}/decision", new RequestDecision(Letter, ExemptionsAssessed: true));
        var answered = await ActAsync($"/requests/{request.Id}/answer");
        Assert.Equal(("Answered", Today), (answered.State, answered.AnsweredOn));

        // Nothing runs for it any more: the sweep has forgotten its orchestration. Its whole course is in the ledger under the family's reference too.
        await world.PassAsync(TimeSpan.FromDays(60));
        Assert.Equal(2, (await OutcomesAsync("request.escalate", request.Id)).Count);
        Assert.Null(await world.Host.Orchestrations.GetInstanceAsync("request-" + request.Id, World.Patience));
        foreach (var act in (string[])["request.receive", "request.consult", "request.chase", "request.escalate", "request.view", "request.decide", "request.answer"])
        {
            Assert.All(await OutcomesAsync(act, family.Id), result => Assert.Equal("done", result));
            Assert.NotEmpty(await OutcomesAsync(act, family.Id));
        }
    }

    [Fact]
    public async Task A_complex_request_takes_three_months_and_is_escalated_then_and_not_before()
    {
        var family = await world.FamilyAsync();
        var request = await ActAsync("/requests", new RequestReceipt(SubjectRequestKind.Erasure, Today, [family.Id]));
        await UntilAsync(request.Id, row => row.State is SubjectRequestState.Consulting);
        await ActAsync($"/requests/{request.Id}/views", new RequestViewRecord(CaseWorld.Police, Letter));
        Assert.Contains("complex", await RefusedAsync($"/requests/{request.Id}/extension", new RequestExtension(Complex: false)), StringComparison.Ordinal);
        var extended = await ActAsync($"/requests/{request.Id}/extension", new RequestExtension(Complex: true));

        await world.PassAsync(TimeSpan.FromDays(45));
        Assert.Empty(await OutcomesAsync("request.chase", request.Id));
        Assert.Empty(await OutcomesAsync("request.escalate", request.Id));
        await world.PassAsync(extended.DueOn.ToDateTime(TimeOnly.MinValue) - world.Time.GetUtcNow().UtcDateTime);
        Assert.Single(await OutcomesAsync("request.escalate", request.Id));
    }

    [Fact]
    public async Task Where_nothing_is_kept_of_a_person_nobody_is_asked_and_a_reference_that_is_none_is_refused()
    {
        var request = await ActAsync("/requests", new RequestReceipt(SubjectRequestKind.Access, Today, []));
        await UntilAsync(request.Id, row => row.State is SubjectRequestState.Consulting);
        await ActAsync($"/requests/{request.Id}/decision", new RequestDecision(Letter, ExemptionsAssessed: false));
        await ActAsync($"/requests/{request.Id}/answer");

        Assert.Contains("families by their references", await RefusedAsync("/requests", new RequestReceipt(SubjectRequestKind.Access, Today, [CaseWorld.Canary])), StringComparison.Ordinal);
        Assert.Contains("not in the future", await RefusedAsync("/requests", new RequestReceipt(SubjectRequestKind.Access, Today.AddDays(1), [])), StringComparison.Ordinal);
        await RefusedAsync($"/requests/{Lifecycle.Reference.New()}/answer");
    }

    private async Task<RequestView> ActAsync(string path, object? body = null)
    {
        using var governance = world.As(Role.InformationGovernance);
        return await governance.PostAsync<RequestView>(path, body, World.Patience);
    }

    private async Task<string> RefusedAsync(string path, object? body = null) => (await Assert.ThrowsAsync<CommandException>(() => ActAsync(path, body))).Message;

    private async Task<SubjectRequestRow> RowAsync(string id) => (await world.Registers.SubjectRequests.GetAsync(id, World.Patience)).Row;

    private Task<SubjectRequestRow> UntilAsync(string id, Predicate<SubjectRequestRow> condition) =>
        CaseWorld.UntilAsync(async () => (await world.Registers.SubjectRequests.FindAsync(id, World.Patience))?.Row, condition);

    private async Task<List<string>> OutcomesAsync(string act, string reference) =>
        await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Where(record => record.Entry.Kind is EntryKind.Outcome && record.Entry.Act == act && record.Entry.References.Contains(reference))
            .Select(record => record.Entry.Result)
            .ToListAsync();
}
