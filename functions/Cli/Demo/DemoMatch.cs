using System.Globalization;
using Spectre.Console;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Cli.Demo;

/// <summary>Matching: as the coordinator sees it, and measured against the truth.</summary>
internal sealed class DemoMatch(DemoStory story, DemoDeployment authority, CohortTruth truth)
{
    private CohortQuality beforeReview = new(0, 0, 0);
    private (long Erased, long Kept) records;
    private (int Reviewed, int Lapsed) reviews;

    /// <summary>The first round, and the decisions it waits for.</summary>
    /// <returns>When the last of those that nobody decides lapses.</returns>
    public async Task<DateTimeOffset> BeginAsync(CancellationToken cancellationToken)
    {
        story.Chapter(authority.Now, "The coordinator starts a matching round.");
        var round = await story.TimedAsync("matching", () => authority.LiveAsync(() => FirstRoundAsync(cancellationToken)));
        using var coordinator = authority.Coordinator();
        beforeReview = await truth.MeasureAsync(cancellationToken);
        records = await CountAsync(cancellationToken);
        Show(round);
        reviews = await ReviewAsync(coordinator, cancellationToken);
        var waiting = await authority.Get<Reviews>().ListAsync(cancellationToken);
        return waiting.Count > 0 ? waiting[^1].DueAt!.Value : authority.Now.AddDays(28);
    }

    /// <summary>The cohort once the second month is matched too, against the truth.</summary>
    public async Task<DemoMatching> MeasureAsync(CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        var rounds = await coordinator.GetAsync<MatchingView[]>("/matching", cancellationToken);
        var last = rounds.MaxBy(round => round.StartedAt)!;
        story.Say($"  The night's round read what was new about {last.Households:N0} households; {last.InCohort} more families are in the cohort, {last.InReview} are uncertain. Nobody else was looked at again.");
        var cohort = await coordinator.GetAsync<CohortView[]>("/matching/cohort", cancellationToken);
        var byProblems = cohort.CountBy(family => family.Problems).OrderByDescending(count => count.Key).ToDictionary();
        Show(cohort, byProblems);
        var quality = await truth.MeasureAsync(cancellationToken);
        story.Check("The cohort is the families there are", quality is { Precision: >= 0.97, Recall: >= 0.97 }, string.Create(
            CultureInfo.InvariantCulture, $"{quality.True} in truth, {quality.Found} found, {quality.Right} right: precision {quality.Precision:0.000}, recall {quality.Recall:0.000}"));
        return new(rounds, byProblems, records.Erased, records.Kept, reviews.Reviewed, reviews.Lapsed, beforeReview, quality);
    }

    /// <summary>Starts the round, or waits for the one that was started before its host died.</summary>
    private async Task<MatchingView> FirstRoundAsync(CancellationToken cancellationToken)
    {
        using var coordinator = authority.Coordinator();
        while ((await coordinator.GetAsync<MatchingView[]>("/matching", cancellationToken)).FirstOrDefault() is { } round)
        {
            if (round.State is "Reviewing" or "Completed")
            {
                return round;
            }

            await authority.Host.Engine.AdvanceToAsync(authority.Now.AddSeconds(1), cancellationToken);
        }

        return await RoundAsync(authority.Host, coordinator, cancellationToken);
    }

    /// <summary>A round on a clock that is moved by hand: a step that a busy store did not answer is tried again a little later, so the clock goes on, a second at a time.</summary>
    public static async Task<MatchingView> RoundAsync(LocalHost host, ApiClient coordinator, CancellationToken cancellationToken)
    {
        var round = MatchCommand.RunAsync(coordinator, confirmed: false, cancellationToken);
        while (!round.IsCompleted)
        {
            var now = ((TimeProvider)host.Services.GetService(typeof(TimeProvider))!).GetUtcNow();
            await host.Engine.AdvanceToAsync(now.AddSeconds(1), cancellationToken);
            await Task.WhenAny(round, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken));
        }

        return await round;
    }

    /// <summary>A person who knows the families decides on two uncertain households of three; on the third nobody decides in time.</summary>
    private async Task<(int Reviewed, int Lapsed)> ReviewAsync(ApiClient coordinator, CancellationToken cancellationToken)
    {
        var (reviewed, lapsed) = (0, 0);
        foreach (var review in await coordinator.GetAsync<ReviewView[]>("/matching/reviews", cancellationToken))
        {
            if ((reviewed + lapsed) % 3 == 2)
            {
                lapsed++;
                continue;
            }

            await coordinator.GetAsync<FamilyView>($"/matching/families/{review.Id}", cancellationToken);
            var household = (await truth.HouseholdsOfAsync([review.Id], cancellationToken))[0];
            await coordinator.PostAsync($"/matching/reviews/{review.Id}/{(household?.IsFamily == true ? "include" : "exclude")}", cancellationToken);
            reviewed++;
        }

        story.Say($"  The coordinator looks at {reviewed} uncertain households and decides; {lapsed} are left to their deadline, and are then erased.");
        return (reviewed, lapsed);
    }

    private async Task<(long Erased, long Kept)> CountAsync(CancellationToken cancellationToken)
    {
        var matched = await authority.Get<Registers>().Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row is { MatchedBy.Length: > 0, State: ExtractStage.Erased }).Select(extract => extract.Row).ToListAsync(cancellationToken);
        return (matched.Sum(extract => extract.RowsAccepted - extract.RowsKept), matched.Sum(extract => extract.RowsKept));
    }

    private void Show(MatchingView round)
    {
        story.Say($"  {round.Households,9:N0} households that something was received about: facts alone were read, no names.");
        story.Say($"  {round.CouldReach,9:N0} of them could meet the threshold: their people were looked at, and nobody else's.");
        story.Say($"  {round.InCohort,9:N0} families are in the cohort.");
        story.Say($"  {round.InReview,9:N0} households are uncertain: a person decides, within {authority.Get<MatchingPlan>().ReviewDays} days.");
        story.Say($"  {records.Erased,9:N0} records from partners about everybody else are erased, with certificates; {records.Kept:N0} are sealed anew, by family.");
    }

    private void Show(CohortView[] cohort, Dictionary<int, int> byProblems)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Problems shown", "Families", "Places", "People in them");
        var place = 1;
        foreach (var (problems, families) in byProblems)
        {
            table.AddRow(
                problems.ToString(CultureInfo.InvariantCulture),
                families.ToString("N0", CultureInfo.InvariantCulture),
                $"{place:N0}–{place + families - 1:N0}",
                cohort.Where(family => family.Problems == problems).Sum(family => family.Members).ToString("N0", CultureInfo.InvariantCulture));
            place += families;
        }

        story.Show(table);
    }
}
