using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Leave to read one extract for identification.</summary>
/// <param name="Specification">What its rows hold.</param>
public sealed record MatchingLicence(
    Extract Extract, GateDecision Decision, DatasetSpecification Specification, FactSource Source)
{
    /// <summary>A partner's household list: it names households under the secret of its agreement.</summary>
    public bool IsList { get; } = HouseholdListPreparation.Applies(Specification);

    /// <summary>An opening under this licence, as an act of the round.</summary>
    public LedgerAct Opening(MatchingRun run, string act, int partition) => run.Act(act, FormattableString.Invariant($"{partition}.{Extract.Id}")) with
    {
        Agreement = Decision.Agreement,
        AgreementVersion = Decision.Version,
        Exchange = Extract.Exchange,
        Basis = Decision.Basis,
        Purpose = Decision.Purpose,
        References = [run.Id, Extract.Id],
    };
}

/// <summary>Asks the agreement gate whether an extract may be read to identify families. What came for another use never may.</summary>
/// <remarks>seeds/002 §5, App B "What this is to be used for".</remarks>
public sealed class MatchingGate(AgreementCatalogue agreements, AgreementGate gate, RetentionLines lines, TimeProvider time)
{
    /// <summary>Whether the extract came to this authority for identification: what did not is no business of matching.</summary>
    public bool Concerns(Extract extract, Id<Party> authority) =>
        agreements.WithExchange(extract.Exchange, Today)?.Exchange(extract.Exchange) is { } exchange
        && exchange.Uses.Contains(Use.Identification) && exchange.To.Contains(authority);

    /// <param name="standing">What stands against agreements.</param>
    /// <returns>Null when the agreement does not allow it now.</returns>
    public MatchingLicence? Find(Extract extract, Id<Party> authority, IReadOnlyList<AgreementNotice> standing)
    {
        var decision = Check(extract.Exchange, authority, standing);
        if (extract.SupersededBy.Length > 0 || !decision.Allowed || agreements.Find($"{decision.Agreement}@{decision.Version}") is not { } agreement
            || agreement.Exchange(extract.Exchange) is not { Specification: { } specification } exchange)
        {
            return null;
        }

        return new(extract, decision, specification, SourceOf(extract, agreement, exchange, specification));
    }

    /// <summary>What an extract was to a round that read it, whether or not it may still be read.</summary>
    /// <returns>Null when its version is no longer among the documents.</returns>
    public FactSource? SourceOf(Extract extract) =>
        agreements.Find($"{extract.Agreement}@{extract.AgreementVersion}") is { } agreement && agreement.Exchange(extract.Exchange) is { Specification: { } specification } exchange
            ? SourceOf(extract, agreement, exchange, specification)
            : null;

    private static FactSource SourceOf(Extract extract, Agreement agreement, Exchange exchange, DatasetSpecification specification) => new(
        extract.Id, specification.Id, agreement.Name, exchange.Id, exchange.Uses, extract.Agency, DateOnly.FromDateTime(extract.ClaimedAt.UtcDateTime));

    /// <summary>Whether what came under an exchange may be opened to identify families.</summary>
    /// <param name="account">Who has it matched, where a person does.</param>
    public GateDecision Check(Id<Exchange> exchange, Id<Party> authority, IReadOnlyList<AgreementNotice> standing, string? account = null) => gate.Check(new()
    {
        Act = GateAct.Opening,
        Exchange = exchange,
        Agency = authority,
        At = time.GetUtcNow(),
        Notices = standing,
        Account = account,
        Use = Use.Identification,
    });

    /// <summary>What becomes, once matched, of families that do not meet the criteria. Whether it may still be opened is not asked: erasure goes through whatever stands against the agreement.</summary>
    /// <returns>Null: nothing is said, as of an authority's own records.</returns>
    public RetentionTerm? NotMeeting(Extract extract, Id<Party> authority) =>
        extract.Agency != authority && agreements.WithExchange(extract.Exchange, Today) is { } agreement
            ? lines.At(RetentionPoint.DoesNotMeet, agreement.Name, extract.Exchange, extract.Agency, authority, RetentionClocks.None.With(ClockEvent.MatchingCompleted, time.GetUtcNow()))
            : null;

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
