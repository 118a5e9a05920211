using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios.Cases;

/// <summary>Questions to the sources of records, on a real store and in virtual time: asked by reference, answered from the source's own side, asked again when late.</summary>
public sealed class QuestionTest(CaseWorldAlone world) : IClassFixture<CaseWorldAlone>
{
    private const string Other = "caseshire-schools";

    [Theory]
    [InlineData(SourceAnswer.Current, true)]
    [InlineData(SourceAnswer.NotCurrent, false)]
    [InlineData(SourceAnswer.Corrected, false)]
    [InlineData(SourceAnswer.Unknown, false)]
    public async Task A_source_answers_what_a_case_waits_for_and_only_what_is_current_is_used(SourceAnswer answer, bool used)
    {
        var (id, question) = await PreparedAsync();
        Assert.Contains("still current", await world.RefusedAsync($"/cases/{id}/invitation", new InvitationRequest(world.Notice)), StringComparison.Ordinal);

        var answered = await AnswerAsync(question, answer);

        Assert.Equal(("Answered", answer), (answered.State, answered.Answer));
        var check = Assert.Single((await world.Registers.Cases.GetAsync(id, World.Patience)).Row.Currency);
        Assert.Equal((used, world.Time.GetUtcNow()), (check.Current, check.AnsweredAt));
        await world.ActAsync($"/cases/{id}/invitation", new InvitationRequest(world.Notice));
        using var coordinator = world.As(Role.Coordinator);
        var shown = await coordinator.GetAsync<CaseInformation>($"/cases/{id}/pack", World.Patience);
        Assert.Equal(used ? (1, 0) : (0, 1), (shown.Items.Count, shown.Withheld));
        Assert.Contains("waits for its answer", await RefusedAsync(question, SourceAnswer.Current), StringComparison.Ordinal);
        Assert.Equal(["done"], await OutcomesAsync("question.ask", question));
        Assert.Equal(["done"], await OutcomesAsync("question.answer", question));
    }

    [Fact]
    public async Task A_question_names_a_record_by_reference_and_nobody()
    {
        var (id, question) = await PreparedAsync();
        var asked = await world.DocumentAsync<SourceQuestionDocument>(CaseWorld.Police, $"questions/{question}.json");
        Assert.Equal((SourceQuestionKind.Currency, "caseshire-pack", Today.AddDays(SourceQuestionRules.AnswerDays)), (asked.Kind, asked.Exchange.Text, asked.By));

        await AnswerAsync(question, SourceAnswer.Unknown);
        await world.Host.Engine.IdleAsync(World.Patience);

        Assert.Equal(id, (await world.Registers.Questions.GetAsync(question, World.Patience)).Row.CaseId);
        foreach (var folder in world.Folders)
        {
            var (_, hits) = await CanaryScan.FolderAsync(folder, [CaseWorld.Canary], World.Patience);
            Assert.Empty(hits);
        }
    }

    [Fact]
    public async Task Another_agency_neither_sees_nor_answers_it()
    {
        var (_, question) = await PreparedAsync();
        using var other = world.As(Role.AgencySubmitter, Other);

        var told = await Assert.ThrowsAsync<CommandException>(() => other.GetAsync<QuestionView[]>("/questions", World.Patience));
        Assert.StartsWith($"'{Other}' is no party of any agreement here.", told.Message, StringComparison.Ordinal);
        foreach (var agency in (string[])[Other, CaseWorld.Police])
        {
            await Assert.ThrowsAsync<CommandException>(() => other.PostAsync<QuestionView>(
                $"/agencies/{agency}/questions/{question}/answer", new QuestionAnswer(SourceAnswer.Current), World.Patience));
        }

        Assert.Equal(SourceQuestionState.Asked, (await world.Registers.Questions.GetAsync(question, World.Patience)).Row.State);
        Assert.Empty(await OutcomesAsync("question.answer", question));
        using var police = world.As(Role.AgencySubmitter, CaseWorld.Police);
        Assert.Contains(await police.GetAsync<QuestionView[]>("/questions", World.Patience), row => row.Id == question);
    }

    [Fact]
    public async Task Who_is_late_is_asked_again_and_the_authority_is_told_until_there_is_an_answer()
    {
        var (_, question) = await PreparedAsync();
        await world.PassAsync(TimeSpan.FromDays(SourceQuestionRules.AnswerDays - 1));
        Assert.Empty(await OutcomesAsync("question.chase", question));

        await world.PassAsync(TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(await OutcomesAsync("question.chase", question));
        var overdue = await world.DocumentAsync<SourceQuestionOverdue>(CaseWorld.Council, $"escalations/question-{question}.json");
        Assert.Equal((question, CaseWorld.Police), (overdue.Question, overdue.Agency));
        await world.PassAsync(TimeSpan.FromDays(SourceQuestionRules.AnswerDays));
        Assert.Equal(2, (await OutcomesAsync("question.chase", question)).Count);

        await AnswerAsync(question, SourceAnswer.Current);
        await world.PassAsync(TimeSpan.FromDays(2 * SourceQuestionRules.AnswerDays));
        Assert.Equal(2, (await OutcomesAsync("question.chase", question)).Count);
    }

    [Fact]
    public async Task What_a_source_says_by_other_means_ends_the_question_too()
    {
        var (id, question) = await PreparedAsync();
        var check = (await world.Registers.Cases.GetAsync(id, World.Patience)).Row.Currency[0];

        await world.ActAsync($"/cases/{id}/currency", new CurrencyAnswer(check.ExtractId, Current: false));

        Assert.Equal(SourceAnswer.NotCurrent, (await world.Registers.Questions.GetAsync(question, World.Patience)).Row.Answer);
    }

    [Fact]
    public async Task Records_that_could_not_be_matched_are_asked_about_by_their_rows()
    {
        var extract = await ExtractAsync(CaseWorld.Police);
        using var coordinator = world.As(Role.Coordinator);
        Task<QuestionView> Ask(string id, params long[] rows) => coordinator.PostAsync<QuestionView>("/questions", new QuestionRequest(SourceQuestionKind.Match, id, rows), World.Patience);

        Assert.Contains("row numbers", (await Assert.ThrowsAsync<CommandException>(() => Ask(extract))).Message, StringComparison.Ordinal);
        Assert.Contains("header is row 1", (await Assert.ThrowsAsync<CommandException>(() => Ask(extract, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("No such extract", (await Assert.ThrowsAsync<CommandException>(() => Ask(Reference.New(), 2))).Message, StringComparison.Ordinal);
        var own = await ExtractAsync(CaseWorld.Council);
        Assert.Contains("partner", (await Assert.ThrowsAsync<CommandException>(() => Ask(own, 2))).Message, StringComparison.Ordinal);

        var asked = await Ask(extract, 40, 12, 12);
        Assert.Contains($"question {asked.Id} waits", (await Assert.ThrowsAsync<CommandException>(() => Ask(extract, 12))).Message, StringComparison.Ordinal);
        var document = await world.DocumentAsync<SourceQuestionDocument>(CaseWorld.Police, $"questions/{asked.Id}.json");
        Assert.Equal([12, 40], document.Rows);
        Assert.Equal(SourceAnswer.Corrected, (await AnswerAsync(asked.Id, SourceAnswer.Corrected)).Answer);

        // Nobody waits for one that no case waits for: it lapses, and is asked no more.
        var late = await Ask(extract, 7);
        await world.PassAsync(TimeSpan.FromDays(SourceQuestionRules.LapseDays));
        await world.PassAsync(TimeSpan.FromDays(SourceQuestionRules.AnswerDays));
        Assert.Equal(SourceQuestionState.Lapsed, (await world.Registers.Questions.GetAsync(late.Id, World.Patience)).Row.State);
        Assert.Equal(["done"], await OutcomesAsync("question.lapse", late.Id));
    }

    [Fact]
    public async Task Nothing_is_asked_about_what_is_not_there()
    {
        using var coordinator = world.As(Role.Coordinator);
        async Task<string> RefusedAsync(string id, params long[] rows) => (await Assert.ThrowsAsync<CommandException>(
            () => coordinator.PostAsync<QuestionView>("/questions", new QuestionRequest(SourceQuestionKind.Match, id, rows), World.Patience))).Message;

        Assert.Contains("no row 99: its last one is row 60", await RefusedAsync(await ExtractAsync(CaseWorld.Police), 12, 99), StringComparison.Ordinal);
        Assert.Contains("was not taken", await RefusedAsync(await ExtractAsync(CaseWorld.Police, ExtractStage.Refused, ExtractStage.Quarantined), 2), StringComparison.Ordinal);
        Assert.Contains("intake of this file has not ended", await RefusedAsync(await ExtractAsync(CaseWorld.Police, ExtractStage.Sealed), 2), StringComparison.Ordinal);
        var erased = await ExtractAsync(CaseWorld.Police, ExtractStage.Sealed, ExtractStage.Kept, ExtractStage.Erasing, ExtractStage.Erased);
        Assert.Contains("is erased", await RefusedAsync(erased, 2), StringComparison.Ordinal);

        // What a family still has of an erased file can be asked about.
        var family = await world.FamilyAsync();
        await ExtractAsync(CaseWorld.Police, family.Records[0].ExtractId, ExtractStage.Sealed, ExtractStage.Kept, ExtractStage.Erasing, ExtractStage.Erased);
        var asked = await coordinator.PostAsync<QuestionView>(
            "/questions", new QuestionRequest(SourceQuestionKind.Currency, family.Records[0].ExtractId, []), World.Patience);
        Assert.Equal("Asked", asked.State);
    }

    private DateOnly Today => DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);

    private async Task<(string Case, string Question)> PreparedAsync()
    {
        var family = await world.FamilyAsync();
        string id = family.Id;
        await world.ActAsync($"/families/{id}/case", new CaseOpening());
        await world.ActAsync($"/cases/{id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await world.UntilAsync(id, row => row.State is FamilyCaseState.PackPrepared);
        await world.ActAsync($"/cases/{id}/suitability", new SuitabilityRequest(true));
        return (id, SourceQuestionRow.IdOf(id, family.Records[0].ExtractId));
    }

    private Task<string> ExtractAsync(string agency) => ExtractAsync(agency, ExtractStage.Sealed, ExtractStage.Kept);

    private Task<string> ExtractAsync(string agency, params ExtractStage[] stages) => ExtractAsync(agency, Reference.New(), stages);

    private async Task<string> ExtractAsync(string agency, string id, params ExtractStage[] stages)
    {
        using var hand = WriteWatch.ByHand();
        var extract = new Extract
        {
            Id = id,
            State = ExtractStage.Claimed,
            Agency = agency,
            ClaimedAt = world.Time.GetUtcNow(),
            GrantId = Reference.New(),
            Agreement = "caseshire",
            AgreementVersion = "2025-01-01",
            Exchange = "caseshire-pack",
            Drop = new("drop-" + agency, "x", "x", 1),
            RowsAccepted = 59,
            LastRow = 60,
        };
        await world.Registers.Extracts.TryAddAsync(extract, World.Patience);
        foreach (var stage in stages)
        {
            var current = await world.Registers.Extracts.GetAsync(extract.Id, World.Patience);
            await world.Registers.Extracts.ChangeAsync(current, extract with { State = stage }, World.Patience);
        }

        return extract.Id;
    }

    private async Task<QuestionView> AnswerAsync(string question, SourceAnswer answer)
    {
        using var source = world.As(Role.AgencySubmitter, CaseWorld.Police);
        return await source.PostAsync<QuestionView>($"/agencies/{CaseWorld.Police}/questions/{question}/answer", new QuestionAnswer(answer), World.Patience);
    }

    private async Task<string> RefusedAsync(string question, SourceAnswer answer) => (await Assert.ThrowsAsync<CommandException>(() => AnswerAsync(question, answer))).Message;

    private async Task<IReadOnlyList<string>> OutcomesAsync(string act, string reference) =>
        await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Where(entry => entry.Entry.Act == act && entry.Entry.Kind is EntryKind.Outcome && entry.Entry.References.Contains(reference))
            .Select(entry => entry.Entry.Result)
            .ToListAsync();
}
