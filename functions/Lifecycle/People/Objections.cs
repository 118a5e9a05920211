using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.People;

/// <summary>What a person objects to.</summary>
/// <param name="LetterSha256">Of what the person wrote, lower-case hex; empty: it was said.</param>
public sealed record ObjectionReceived(
    string Family, string Person, IReadOnlyList<Use> Uses, ObjectionReason Reason, DateOnly ReceivedOn, string LetterSha256);

/// <summary>Records what people object to, and what is decided. The gate and matching read the register; what lies ready for others and
/// names
/// the person is taken away at once.</summary>
/// <remarks>docs/people.md. seeds/002 App A (duty of confidence); ours: UK GDPR Art 21.</remarks>
public sealed class Objections(
    Registers registers, GivenFiles given, Removals removals, HouseholdIndex index, RowActs rows, Acts acts, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>A person objects: what it is about stops at once, until that is decided.</summary>
    public async Task<Answer<ObjectionRow>> ReceiveAsync(CaseCaller by, ObjectionReceived received, CancellationToken cancellationToken)
    {
        var family = await registers.Families.FindAsync(received.Family, cancellationToken);
        var involved = (await registers.Cases.FindAsync(received.Family, cancellationToken))?.Row.Involved ?? [];
        var objection = new Objection(
            ObjectionState.Raised, received.Family, received.Person, [.. received.Uses.Distinct()], received.Reason, received.ReceivedOn);
        var row = new ObjectionRow(
            Reference.New(), objection, family?.Row.Programme ?? "", received.LetterSha256, by.Account, time.GetUtcNow());
        var answer = await rows.AddAsync(
            registers.Objections,
            row,
            row.Act("objection.record", by.Account, by.Role) with { Hash = row.LetterSha256 },
            objection.ToReceive([.. involved.Union(family?.Row.Members ?? [])], Today),
            cancellationToken);
        if (answer.Obstacles.Count == 0)
        {
            await given.WithdrawAsync(received.Family, cancellationToken);
        }

        return answer;
    }

    /// <summary>It was upheld, and what it is about has stopped for good; or not, and it goes on.</summary>
    /// <param name="paperSha256">Of the decision and its reasons, lower-case hex.</param>
    public async Task<Answer<ObjectionRow>> DecideAsync(
        CaseCaller by, string id, bool upheld, string paperSha256, CancellationToken cancellationToken)
    {
        var to = upheld ? ObjectionState.Upheld : ObjectionState.NotUpheld;
        var answer = await MoveAsync(by, id, upheld ? "objection.uphold" : "objection.overrule", to, paperSha256, cancellationToken);

        // A family that is not worked with yet is none of the programme any more; one with a case is ended there, by people.
        if (answer is { Obstacles.Count: 0, Row.Objection: { State: ObjectionState.Upheld } objection } && objection.Uses.Contains(Use.Identification))
        {
            await removals.RemoveAsync(objection.Family, RemovalReason.Objection, by.Account, by.Role, cancellationToken);
        }

        return answer;
    }

    /// <summary>The person took it back. The household may be found again.</summary>
    public async Task<Answer<ObjectionRow>> WithdrawAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        var answer = await MoveAsync(by, id, "objection.withdraw", ObjectionState.Withdrawn, "", cancellationToken);
        if (answer is { Obstacles.Count: 0, Row: { Programme.Length: > 0 } row }
            && !(await registers.ObjectingFamiliesAsync(Use.Identification, cancellationToken)).Contains(row.Objection.Family)
            && await registers.Families.FindAsync(row.Objection.Family, cancellationToken) is { Row.State: CohortState.Erased })
        {
            await acts.PerformAsync(
                row.Act("objection.forget-household", by.Account, by.Role),
                token => index.RemoveAsync(row.Programme, row.Objection.Family, token),
                cancellationToken);
        }

        return answer;
    }

    private Task<Answer<ObjectionRow>> MoveAsync(
        CaseCaller by, string id, string act, ObjectionState to, string paper, CancellationToken cancellationToken) => rows.ChangeAsync(
        registers.Objections,
        id,
        row => row.Act(act, by.Account, by.Role) with { Hash = paper },
        row => row.Objection.Obstacles(to, paper),
        row => row with
        {
            Objection = row.Objection with { State = to, DecidedOn = to is ObjectionState.Withdrawn ? row.Objection.DecidedOn : Today },
            DecisionSha256 = paper.Length > 0 ? paper : row.DecisionSha256,
        },
        cancellationToken);
}
