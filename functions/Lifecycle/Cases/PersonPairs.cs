using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Lifecycle.Cases;

/// <summary>How one source names somebody. Personal data.</summary>
/// <param name="DateOfBirth">Null: not known.</param>
/// <param name="Source">A signed form, or the agency whose record it is.</param>
/// <param name="AsAt">The day it describes.</param>
public sealed record PersonRecord(
    string Surname, string Forenames, DateOnly? DateOfBirth, string Address, string Postcode, string Source, DateOnly AsAt);

/// <summary>What there is of two references of a family, side by side. Personal data.</summary>
/// <param name="OneRecords">All that names the first.</param>
/// <param name="OtherRecords">All that names the second.</param>
/// <param name="AsCompared">What the comparison that matching makes says of them: it is advice.</param>
/// <param name="Said">What is said of them: <c>compared</c> where nothing is.</param>
public sealed record ComparedPeople(
    string One,
    IReadOnlyList<PersonRecord> OneRecords,
    string Other,
    IReadOnlyList<PersonRecord> OtherRecords,
    string AsCompared,
    string Said);

/// <summary>Says of two references of one family that they are one person, or two, and takes it back. Whoever says it has looked at
/// both.</summary>
/// <remarks>docs/cases.md, One person under two references. Nothing that is kept is changed or moved: what reads it asks which references
/// are of one person.</remarks>
public sealed class PersonPairs(Registers registers, CaseDesk desk, CaseBook book, FamilyPeople people, GivenFiles given)
{
    /// <summary>Shows all that names two references. Each look is an act, with every record that is opened for it.</summary>
    /// <returns>The case, with the comparison; no comparison where something stands against it.</returns>
    public async Task<(Answer<Case> Answer, ComparedPeople? Compared)> CompareAsync(
        CaseCaller by, string id, string one, string other, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { Row: var row })
        {
            return (new(null, []), null);
        }

        var members = (await registers.Families.FindAsync(id, cancellationToken))?.Row.Members ?? [];
        if (PersonPairRules.ToCompare(row.Family, [.. row.Involved.Union(members)], one, other) is { Count: > 0 } obstacles)
        {
            return (new(row, obstacles), null);
        }

        // As if nothing were said of them: each has what is held under it.
        var apart = row with { Involved = [one, other], Pairs = [] };
        var (named, _) = await people.NamedAsync(by, apart, FamilyPeople.Act, Kebab.Of(LookPurpose.RecordCheck), cancellationToken);
        var (ofOne, ofOther) = (Of(one), Of(other));
        if (ofOne.Count == 0 || ofOther.Count == 0)
        {
            return (new(row, [Obstacle.Refusal(
                "One of them is named by no record that may be opened now: nobody can look at both. Ask the source of the records with "
                + "'tfflow question ask'.",
                "ours")]), null);
        }

        var match = ofOne.Select(record => FamilyPeople.Match(ofOther, record.Identity)).ToList();
        var alike = match.Exists(found => found.Surely.Count > 0) ? "one person"
            : match.Exists(found => found.Perhaps.Count > 0) ? "may be one person" : "two people";
        var answer = await desk.ChangeAsync(
            by,
            id,
            "case.compare-people",
            _ => [],
            before => StateOf(before, one, other) is PersonPairState.OnePerson or PersonPairState.TwoPeople ? before
                : With(before, new(one, other, PersonPairState.Compared, by.Account, book.Today)),
            cancellationToken,
            one,
            other);
        var said = Kebab.Of(StateOf(answer.Row!, one, other) ?? PersonPairState.Compared);
        return (answer, new(one, [.. ofOne.Select(Shown)], other, [.. ofOther.Select(Shown)], alike, said));

        List<NamedMember> Of(string reference) => [.. named.Where(record => record.Member == reference).OrderBy(record => record.By)];
    }

    /// <summary>Two references are one person, or two people.</summary>
    /// <param name="to">Which.</param>
    public async Task<Answer<Case>> SayAsync(
        CaseCaller by,
        string id,
        string one,
        string other,
        PersonPairState to,
        PersonPairReason reason,
        CancellationToken cancellationToken)
    {
        var answer = await desk.ChangeAsync(
            by,
            id,
            to is PersonPairState.OnePerson ? "case.one-person" : "case.two-people",
            row => PersonPairRules.ToSay(row.Family, row.Pairs, one, other, to, reason, by.Account),
            row => With(row, new(one, other, to, by.Account, book.Today, reason)),
            cancellationToken,
            one,
            other,
            Kebab.Of(reason));

        // A list that lies ready may name under the one whoever objected under the other.
        if (answer is { Obstacles.Count: 0, Row: not null } && (await registers.ObjectionsOfAsync(id, cancellationToken)).Count > 0)
        {
            await given.WithdrawAsync(id, cancellationToken);
        }

        return answer;
    }

    /// <summary>What was said of two references is taken back: from now on they are two, of whom nothing is said.</summary>
    public Task<Answer<Case>> TakeBackAsync(
        CaseCaller by, string id, string one, string other, CancellationToken cancellationToken) => desk.ChangeAsync(
        by,
        id,
        "case.undo-people",
        row => PersonPairRules.ToTakeBack(row.Family, row.Pairs.FirstOrDefault(pair => pair.IsOf(one, other))),
        row => With(row, new(one, other, PersonPairState.TakenBack, by.Account, book.Today)),
        cancellationToken,
        one,
        other);

    private static Case With(Case row, PersonPair pair) => row with { Pairs = PersonPairRules.With(row.Pairs, pair) };

    private static PersonPairState? StateOf(Case row, string one, string other) =>
        row.Pairs.FirstOrDefault(pair => pair.IsOf(one, other))?.State;

    private static PersonRecord Shown(NamedMember record) => new(
        record.Identity.Surname,
        record.Identity.Forenames,
        record.Identity.Born,
        record.Address,
        record.Postcode,
        record.Source,
        record.AsAt);
}
