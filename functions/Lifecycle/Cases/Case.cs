using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>A family's case as its register has it: references, dates, decisions and accounts. What is known of people is in its sealed documents.</summary>
/// <remarks>It has the id of its family. docs/cases.md.</remarks>
public sealed record Case : IRegisterRow<FamilyCaseState>
{
    public required string Id { get; init; }

    public required FamilyCaseState State { get; init; }

    /// <summary>The authority, as the agreements name it.</summary>
    public required Id<Party> Authority { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>References of the members who are involved: of one person there may be two, see <see cref="Pairs"/>.</summary>
    public required IReadOnlyList<string> Involved { get; init; }

    /// <summary>What was said of two references each: that they are one person, or two.</summary>
    public IReadOnlyList<PersonPair> Pairs { get; init; } = [];

    public SupportAssessment? Assessment { get; init; }

    /// <summary>The information pack; its hash is empty until it is written whole.</summary>
    public SealedBlob? Pack { get; init; }

    public DateOnly? PackOn { get; init; }

    /// <summary>What the pack's sources were asked and said.</summary>
    public IReadOnlyList<CurrencyCheck> Currency { get; init; } = [];

    public SuitabilityCheck? Suitability { get; init; }

    /// <summary>The risk to somebody who visits alone that stands; null: none is known.</summary>
    public LoneWorkerRisk? Risk { get; init; }

    /// <summary>Organisations that were asked for their judgement; what they said is sealed.</summary>
    public IReadOnlyList<CaseJudgement> Judgements { get; init; } = [];

    /// <summary>The latest visit that was recorded; the ledger has them all.</summary>
    public Visit? LastVisit { get; init; }

    /// <summary>Meetings of the Team around the Family.</summary>
    public IReadOnlyList<TeamMeeting> Meetings { get; init; } = [];

    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>The last of each reference; <see cref="ConsentsOfPeople"/> has them by person.</summary>
    public IReadOnlyList<Consent> Consents { get; init; } = [];

    /// <summary>The signed forms: who each person is, in their own words; the authority's own.</summary>
    public IReadOnlyList<ConsentForm> Forms { get; init; } = [];

    public RecordedDuty? Duty { get; init; }

    /// <summary>The key worker's account.</summary>
    public string? KeyWorker { get; init; }

    public MarkerStanding Marker { get; init; } = MarkerStanding.Off;

    /// <summary>The instruction the marker's standing comes from.</summary>
    public MarkerOrder? Instruction { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>Support ended because its basis did.</summary>
    public bool Withdrew { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }

    /// <summary>When it entered, and the family outcome plan that was frozen then; null until it is worked with.</summary>
    public CaseEntry? Entry { get; init; }

    /// <summary>When it was measured, and what that came to; the figures are sealed.</summary>
    public IReadOnlyList<CaseMeasurement> Measurements { get; init; } = [];

    /// <summary>What a measurement decided.</summary>
    public CaseOutcome? Outcome { get; init; }

    public CaseReview? Review { get; init; }

    /// <summary>Problems that came to light after work had begun; which they are is in the family's sealed explanation.</summary>
    public IReadOnlyList<SurfacedProblem> Surfaced { get; init; } = [];

    /// <summary>When the coordinator was last reminded of what is due.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the next attempt writes.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    /// <summary>When a study was sent what it compares; null: not.</summary>
    public DateTimeOffset? SentToStudyAt { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The acts that changed it, in order: what the ledger must know, and how an act that was cut short is found to have taken effect.</summary>
    public IReadOnlyList<string> ActIds { get; init; } = [];

    /// <summary>When its orchestration or its coordinator must look at it, or null.</summary>
    public DateTimeOffset? DueAt => CaseClock.DueAt(this);

    /// <summary>Which references are of one person.</summary>
    [JsonIgnore]
    public HeldReferences Held => new(Involved, Pairs);

    /// <summary>The people who are involved, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> People => Held.People;

    /// <summary>The consents, one a person.</summary>
    [JsonIgnore]
    public IReadOnlyList<Consent> ConsentsOfPeople => ConsentRules.OfPeople(Held, Consents);

    /// <summary>The same case with one signed form a person: of two the one that was recorded later.</summary>
    [JsonIgnore]
    public Case ByPerson
    {
        get
        {
            var held = Held;
            return this with { Forms = [.. Forms.GroupBy(form => held.PersonOf(form.Person)).Select(forms => forms.Last() with { Person = forms.Key })] };
        }
    }

    /// <summary>Its own sealed documents, beside what its family holds.</summary>
    [JsonIgnore]
    public IEnumerable<SealedBlob> Blobs => new[] { Pack, Duty?.Note }.Concat(Judgements.Select(judgement => judgement.Said)).OfType<SealedBlob>()
        .Concat(Forms.Select(form => form.Blob)).Concat(Measurements.Select(measured => measured.Figures)).Concat(Left);

    /// <summary>How far the family has come, as the gate asks.</summary>
    [JsonIgnore]
    public FamilyStanding Standing => State is FamilyCaseState.Supported ? FamilyStanding.Allocated : FamilyStanding.MeetsCriteria;

    /// <summary>How support ended: completion has checks of its own.</summary>
    [JsonIgnore]
    public FamilyCaseState EndedFrom => Withdrew ? FamilyCaseState.Withdrawn : FamilyCaseState.Completed;

    /// <summary>What makes an act of its orchestration another one once the case was opened again.</summary>
    [JsonIgnore]
    public string Again => Reopened == 0 ? "" : FormattableString.Invariant($"{Reopened}");

    /// <summary>The case opened again, as a new one: nothing that was judged, asked or agreed before holds. Its documents are named to be
    /// erased.</summary>
    public Case Anew(DateTimeOffset now) => new()
    {
        Id = Id,
        State = FamilyCaseState.Identified,
        Authority = Authority,
        OpenedAt = now,
        ChangedAt = now,
        Involved = Involved,
        Pairs = Pairs,
        Surfaced = Surfaced,
        Reopened = Reopened + 1,
        Risk = Risk,
        Meetings = Meetings,
        Left = [.. Blobs],
        ActIds = ActIds,
    };

    /// <summary>The case as the rules see it.</summary>
    [JsonIgnore]
    public FamilyCase Family => new()
    {
        Id = Id,
        State = State,
        Involved = People,
        Assessment = Assessment,
        PackOn = PackOn,
        Currency = Currency,
        Suitability = Suitability,
        Risk = Risk,
        InvitedOn = InvitedAt is { } invited ? DateOnly.FromDateTime(invited.UtcDateTime) : null,
        Consents = ConsentsOfPeople,
        Duty = Duty is { } duty ? new LegalDuty("recorded", "recorded", duty.By, duty.On) : null,
        KeyWorker = KeyWorker,
        Marker = Marker,
        EndedOn = EndedOn,
        Outcome = Outcome?.Result,
        Review = Review,
    };

    /// <summary>An act of its orchestration: one of each kind in its life, unless <paramref name="more"/> makes its id longer.</summary>
    public LedgerAct Act(string act, string actor, string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Agency = Authority,
        References = [Id],
    };
}

/// <summary>A duty that was relied on. Which, and why it applies to this family, is in the note.</summary>
/// <param name="By">The account that recorded it.</param>
public sealed record RecordedDuty(DateOnly On, string By, SealedBlob Note);

/// <param name="Person">The reference of the member it is about.</param>
public sealed record ConsentForm(string Person, SealedBlob Blob)
{
    /// <summary>A keyed token by which the same form is known again; null once the case is erased.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }
}

/// <summary>An instruction to the police that the case ordered: its row may have to be written yet.</summary>
public sealed record MarkerOrder(string Id, MarkerAction Action, Id<Exchange> Exchange, Id<Party> Police);

/// <param name="CaseId">The case's row in the register.</param>
public sealed record CaseReference(string CaseId);

/// <summary>When a case is due, from what its row says.</summary>
internal static class CaseClock
{
    /// <summary>Days between reminders of the same thing. Ours.</summary>
    public const int ReminderDays = 30;

    /// <summary>Months after which a family that did not take part is reviewed for erasure if no study took it. Ours.</summary>
    public const int ComparisonMonths = 12;

    public static DateTimeOffset? DueAt(Case row) =>
        MustActNow(row) ? row.ChangedAt
        : row.State switch
        {
            FamilyCaseState.Invited => Consent.Lapses(row.InvitedAt!.Value).At,
            FamilyCaseState.Completed or FamilyCaseState.Withdrawn or FamilyCaseState.OutcomesChecked => Reminder(row, row.EndedOn!.Value.AddMonths(FamilyCaseRules.ReviewMonths)),
            FamilyCaseState.PartnerLed => Reminder(row, row.Assessment!.On.AddMonths(FamilyCaseRules.ReviewMonths)),
            FamilyCaseState.Reviewed => Reminder(row, row.Review!.On.AddMonths(FamilyCaseRules.ReviewMonths)),
            FamilyCaseState.DidNotTakePart => row.SentToStudyAt ?? row.ChangedAt.AddMonths(ComparisonMonths),
            _ => null,
        };

    /// <summary>Something follows from the row alone, and is the orchestration's to do.</summary>
    public static bool MustActNow(Case row) =>
        row.State is FamilyCaseState.Erasing
        || NeedsPack(row)
        || (row.State is FamilyCaseState.Reviewed && row.Review is { FurtherRisk: false })
        || MarkerRules.MustGo(row.Family);

    /// <summary>Its orchestration has something to do, or waits for the family's answer.</summary>
    public static bool IsAttended(Case row) => MustActNow(row) || row.State is FamilyCaseState.Invited;

    public static bool NeedsPack(Case row) => row.State is FamilyCaseState.SupportAssessed;

    private static DateTimeOffset Reminder(Case row, DateOnly first)
    {
        var at = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        return row.RemindedAt is { } reminded && reminded >= at ? reminded.AddDays(ReminderDays) : at;
    }
}
