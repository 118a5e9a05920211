using TfFlow.Lifecycle.Matching;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>The problems a family has: what it was found with, and what came to light since. Personal data.</summary>
/// <param name="Found">The explanation of the day it was found, a line each.</param>
public sealed record FamilyProblems(IReadOnlyList<string> Found, IReadOnlyList<ShownProblem> Surfaced);

/// <param name="Problem">The criterion of the programme, by its id.</param>
/// <param name="Source">Who says so.</param>
public sealed record ShownProblem(string Reference, string Problem, string Title, DateOnly On, string Source, DateOnly RecordedOn);

/// <summary>Adds problems that come to light after work with a family has begun, and takes back what was recorded in error. The case's row
/// says that there is one, since when and from whom; which one is in the family's sealed explanation.</summary>
/// <remarks>docs/cases.md.</remarks>
public sealed class CaseProblems(
    Registers registers, CaseBook book, FamilyVault vault, FamilyKeeper keeper, AgreementCatalogue agreements, MatchingPlan plan, Acts acts)
{
    /// <param name="problem">A criterion of the programme, by its id.</param>
    /// <param name="source">An organisation as the agreements name it, or the key worker or the family.</param>
    /// <param name="on">The day it came to light.</param>
    public async Task<Answer<Case>> AddAsync(
        CaseCaller by, string id, string problem, string source, DateOnly on, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var parties = agreements.Versions.SelectMany(version => version.Parties).Select(party => party.Id.Text).ToHashSet();
        IReadOnlyList<Obstacle> Check(IReadOnlyCollection<string> known) =>
            SurfacedProblemRules.ToAdd(current.Row.Family, plan.Programme, problem, source, parties, on, book.Today, known);

        // Before anything is opened.
        if (Check([]) is { Count: > 0 } first)
        {
            return new(current.Row, first);
        }

        IReadOnlyList<Obstacle> obstacles = [];
        var act = by.Act(current.Row, "case.add-problem") with { References = [id, source] };
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                var family = await registers.Families.GetAsync(id, token);
                var explanation = await vault.ReadExplanationAsync(family.Row.Readable, token);

                // Of a run that was cut short the explanation has it already, and the case not yet.
                var left = explanation.Surfaced
                    .FirstOrDefault(other => other.Problem == problem && before.Row.Surfaced.All(row => row.Reference != other.Reference));
                var known = explanation.Surfaced.Where(other => other != left).Select(other => other.Problem);
                obstacles = Check([.. explanation.Problems, .. known]);
                if (obstacles.Count > 0)
                {
                    return before;
                }

                var title = plan.Programme.Criteria.First(criterion => criterion.Id == problem).Title;
                var added = left ?? new SurfacedNote(Reference.New(), problem, title);
                if (left is null)
                {
                    await keeper.RenewAsync(family, explanation with { Surfaced = [.. explanation.Surfaced, added] }, token);
                }

                SurfacedProblem row = new(added.Reference, SurfacedProblemState.Surfaced, on, source, by.Account, book.Today);
                return await book.ChangeAsync(before, act, before.Row with { Surfaced = [.. before.Row.Surfaced, row] }, token);
            },
            cancellationToken);
        return new(changed.Row, obstacles);
    }

    /// <summary>It was recorded in error: what is said of it is erased.</summary>
    public async Task<Answer<Case>> WithdrawAsync(CaseCaller by, string id, string reference, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var wrong = current.Row.Surfaced.FirstOrDefault(problem => problem.Reference == reference);
        if (SurfacedProblemRules.ToWithdraw(current.Row.Family, wrong) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        var act = by.Act(current.Row, "case.withdraw-problem") with { References = [id, reference] };
        var changed = await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                var family = await registers.Families.GetAsync(id, token);
                var explanation = await vault.ReadExplanationAsync(family.Row.Readable, token);
                var right = explanation.Surfaced.Where(problem => problem.Reference != reference);
                await keeper.RenewAsync(family, explanation with { Surfaced = [.. right] }, token);
                return await book.ChangeAsync(
                    before,
                    act,
                    before.Row with
                    {
                        Surfaced =
                        [
                            .. before.Row.Surfaced.Select(problem =>
                                problem.Reference == reference ? problem with { State = SurfacedProblemState.Withdrawn } : problem),
                        ],
                    },
                    token);
            },
            cancellationToken);
        return new(changed.Row, []);
    }

    /// <summary>Shows what problems a family was found with and which came to light since. Every look is an act.</summary>
    /// <returns>Null when the family is erased.</returns>
    public async Task<FamilyProblems?> ReadAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(row.Id, cancellationToken) is not { Row: { Explanation: not null } family })
        {
            return null;
        }

        FamilyProblems? problems = null;
        await acts.PerformAsync(
            by.Act(row, "case.read-problems"),
            async token =>
            {
                var explanation = await vault.ReadExplanationAsync(family.Readable, token);
                problems = new(
                    explanation.Lines,
                    [
                        .. from note in explanation.Surfaced
                           join surfaced in row.Surfaced on note.Reference equals surfaced.Reference
                           select new ShownProblem(
                               note.Reference, note.Problem, note.Title, surfaced.On, surfaced.Source, surfaced.RecordedOn),
                    ]);
                return new ActResult { Count = problems.Surfaced.Count };
            },
            cancellationToken);
        return problems;
    }
}
