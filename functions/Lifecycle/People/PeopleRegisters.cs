using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.People;

/// <summary>What the registers say of people who object, and of people who were told.</summary>
public static class PeopleRegisters
{
    /// <summary>Every objection of the people of a family, whether it stands or not.</summary>
    public static async Task<IReadOnlyList<Objection>> ObjectionsOfAsync(
        this Registers registers, string family, CancellationToken cancellationToken) =>
        await registers.Objections.ListAsync(cancellationToken).Select(row => row.Row.Objection).Where(objection => objection.Family == family).ToListAsync(cancellationToken);

    /// <summary>The same objections, each under the reference by which its person goes.</summary>
    public static IReadOnlyList<Objection> ByPerson(this IReadOnlyList<Objection> objections, HeldReferences held) =>
        [.. objections.Select(objection => objection with { Person = held.PersonOf(objection.Person) })];

    /// <summary>Families somebody of whom objects to a use, by their references.</summary>
    public static async Task<IReadOnlySet<string>> ObjectingFamiliesAsync(
        this Registers registers, Use use, CancellationToken cancellationToken) =>
        await registers.Objections.ListAsync(cancellationToken).Select(row => row.Row.Objection).Where(objection => objection.StandsAgainst(use))
            .Select(objection => objection.Family).ToHashSetAsync(cancellationToken: cancellationToken);

    /// <summary>Members who object to one of some uses, by their references.</summary>
    public static async Task<IReadOnlySet<string>> ObjectingPeopleAsync(
        this Registers registers, IReadOnlyList<Use> uses, CancellationToken cancellationToken) =>
        await registers.Objections.ListAsync(cancellationToken).Select(row => row.Row.Objection).Where(objection => uses.Any(objection.StandsAgainst))
            .Select(objection => objection.Person).ToHashSetAsync(cancellationToken: cancellationToken);

    /// <summary>Rows of files that a use may not read now: a person contests them, wants them restricted or erased, or objects, and that is not
    /// refused.</summary>
    /// <returns>Extracts and row numbers.</returns>
    public static async Task<IReadOnlySet<(string Extract, long Row)>> WithheldRowsAsync(this Registers registers, Use use, CancellationToken cancellationToken) =>
        await registers.SubjectRequests.ListAsync(cancellationToken).Select(row => row.Row).Where(row => row.Request.Withheld.Contains(use))
            .SelectMany(row => row.Theirs.Where(found => found.In is FoundIn.Extract).SelectMany(found => found.Rows.Select(number => (found.Reference, number))).ToAsyncEnumerable())
            .ToHashSetAsync(cancellationToken: cancellationToken);

    /// <summary>Every notice that was given to somebody.</summary>
    public static async Task<IReadOnlyList<NoticeGiven>> GivenNoticesAsync(this Registers registers, CancellationToken cancellationToken) =>
        await registers.NoticesGiven.ListAsync(cancellationToken).Select(row => row.Row.Notice).ToListAsync(cancellationToken);

    /// <summary>The families somebody of whom was not given a privacy notice that tells of an agreement by a day.</summary>
    /// <param name="agreement">By its id.</param>
    /// <returns>By their references.</returns>
    public static async Task<IReadOnlyList<string>> UntoldAsync(
        this Registers registers, IEnumerable<string> families, string agreement, DateOnly by, CancellationToken cancellationToken)
    {
        var (given, untold) = (await registers.GivenNoticesAsync(cancellationToken), new List<string>());
        foreach (var family in families)
        {
            var held = await registers.HeldAsync(family, cancellationToken);
            if (NoticeGiven.Untold(held.People, held, agreement, by, given).Count > 0)
            {
                untold.Add(family);
            }
        }

        return untold;
    }

    /// <summary>Which references of a family are of one person: as its case has it, and before there is one as its review does.</summary>
    /// <returns>Of the members who are involved; nobody where there is no such family.</returns>
    public static async Task<HeldReferences> HeldAsync(this Registers registers, string family, CancellationToken cancellationToken) =>
        await registers.Cases.FindAsync(family, cancellationToken) is { Row: { Involved.Count: > 0 } row } ? row.Held
        : (await registers.Families.FindAsync(family, cancellationToken))?.Row.Held ?? new([], []);
}
