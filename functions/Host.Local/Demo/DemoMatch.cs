using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Demo;

/// <summary>The demo's matching round: as the coordinator sees it, and measured against the truth.</summary>
internal sealed class DemoMatch(
    IAnsiConsole console, LocalHost host, SyntheticAuthority authority, IReadOnlyDictionary<string, AuthorityExtract> sources, Action<string, bool, string> check)
{
    private readonly Registers registers = host.Services.GetRequiredService<Registers>();
    private readonly CohortTruth truth = new(
        host.Services.GetRequiredService<Registers>(), host.Services.GetRequiredService<FamilyVault>(), host.Services.GetRequiredService<Acts>(), authority, sources);

    /// <param name="timed">Runs a phase and notes how long it took.</param>
    /// <param name="pass">Lets time pass until then.</param>
    public async Task<DemoMatching> RunAsync(
        Func<string, Func<Task<MatchingView>>, Task<MatchingView>> timed, Func<DateTimeOffset, Task<bool>> pass, CancellationToken cancellationToken)
    {
        using var coordinator = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("coordinator", Role.Coordinator, ""), TimeSpan.FromDays(400)));
        console.WriteLine();
        console.WriteLine("The coordinator starts a matching round.");
        var round = await timed("matching", () => RoundAsync(host, coordinator, cancellationToken));
        var before = await truth.MeasureAsync(cancellationToken);
        var (erased, kept) = await CountAsync(cancellationToken);
        Show(round, erased, kept);

        var (reviewed, lapsed) = await ReviewAsync(coordinator, cancellationToken);
        var waiting = await host.Services.GetRequiredService<Reviews>().ListAsync(cancellationToken);
        if (waiting.Count > 0)
        {
            await pass(waiting[^1].DueAt!.Value);
        }

        var cohort = await coordinator.GetAsync<CohortView[]>("/matching/cohort", cancellationToken);
        var byProblems = cohort.CountBy(family => family.Problems).OrderByDescending(count => count.Key).ToDictionary();
        Show(cohort, byProblems);
        var after = await truth.MeasureAsync(cancellationToken);
        check("The cohort is the families there are", after is { Precision: >= 0.97, Recall: >= 0.97 }, string.Create(
            CultureInfo.InvariantCulture, $"{after.True} in truth, {after.Found} found, {after.Right} right: precision {after.Precision:0.000}, recall {after.Recall:0.000}"));
        return new(authority.People, authority.Households.Count, round, byProblems, erased, kept, reviewed, lapsed, before, after);
    }

    /// <summary>A round on a clock that is moved by hand: a step that a busy store did not answer is tried again a little later, so the clock goes on, a second at a time.</summary>
    public static async Task<MatchingView> RoundAsync(LocalHost host, ApiClient coordinator, CancellationToken cancellationToken)
    {
        var round = MatchCommand.RunAsync(coordinator, cancellationToken);
        while (!round.IsCompleted)
        {
            var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            await host.Orchestrations.AdvanceToAsync(now.AddSeconds(1), cancellationToken);
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
            var household = await truth.HouseholdOfAsync((await registers.Families.GetAsync(review.Id, cancellationToken)).Row, cancellationToken);
            await coordinator.PostAsync($"/matching/reviews/{review.Id}/{(household?.IsFamily == true ? "include" : "exclude")}", cancellationToken);
            reviewed++;
        }

        console.WriteLine($"The coordinator looks at {reviewed} uncertain households and decides; {lapsed} are left to their deadline, and are then erased.");
        return (reviewed, lapsed);
    }

    private async Task<(long Erased, long Kept)> CountAsync(CancellationToken cancellationToken)
    {
        var matched = await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row is { MatchedBy.Length: > 0, State: ExtractStage.Erased }).Select(extract => extract.Row).ToListAsync(cancellationToken);
        return (matched.Sum(extract => extract.RowsAccepted - extract.RowsKept), matched.Sum(extract => extract.RowsKept));
    }

    private void Show(MatchingView round, long erased, long kept)
    {
        console.WriteLine($"  {round.Households,9:N0} households that something was received about: facts alone were read, no names.");
        console.WriteLine($"  {round.CouldReach,9:N0} of them could meet the threshold: their people were looked at, and nobody else's.");
        console.WriteLine($"  {round.InCohort,9:N0} families are in the cohort.");
        console.WriteLine($"  {round.InReview,9:N0} households are uncertain: a person decides, within {host.Services.GetRequiredService<MatchingPlan>().ReviewDays} days.");
        console.WriteLine($"  {erased,9:N0} records from partners about everybody else are erased, with certificates; {kept:N0} are sealed anew, by family.");
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

        console.Write(table);
    }
}
