namespace TfFlow.Programme.Cases;

/// <summary>Where one person's consent stands.</summary>
public enum ConsentState
{
    /// <summary>The person has the privacy notice and was asked.</summary>
    Sought,

    /// <summary>The form is signed.</summary>
    Given,

    Refused,

    /// <summary>No answer in time.</summary>
    Lapsed,

    /// <summary>Taken back; it binds from the moment it is said.</summary>
    Withdrawn,
}

public static class ConsentStates
{
    /// <remarks>Asking anew is a new consent, with the notice as it then is.</remarks>
    public static TransitionTable<ConsentState> Transitions { get; } = new(
        ConsentState.Sought,
        (ConsentState.Sought, ConsentState.Given),
        (ConsentState.Sought, ConsentState.Refused),
        (ConsentState.Sought, ConsentState.Lapsed),
        (ConsentState.Given, ConsentState.Withdrawn));

    /// <summary>How things stand and what comes next, for whoever tried something else.</summary>
    public static string Where(ConsentState state) => state switch
    {
        ConsentState.Sought => "this person was asked and has not answered. Next: 'tfflow case consent give' or 'refuse'.",
        ConsentState.Given => "this person gave consent. It can be taken back: 'tfflow case consent withdraw'.",
        ConsentState.Refused => "this person refused.",
        ConsentState.Lapsed => "no answer of this person came in time.",
        _ => "this person took consent back.",
    };
}

/// <summary>One person's consent to sharing for the family's support.</summary>
/// <param name="Person">An opaque reference.</param>
/// <param name="NoticeVersion">The version of the privacy notice the person was given.</param>
/// <param name="NoticeGivenOn">When it was given.</param>
/// <param name="SignedOn">Null until the form is signed.</param>
/// <param name="SignedBy">Who signed: the person, or for a child an adult who may sign for the child; an opaque reference.</param>
/// <param name="VictimInformation">It was specifically sought, and given, for information about the person as a victim or witness.</param>
public sealed record Consent(
    string Person, ConsentState State, string NoticeVersion, DateOnly NoticeGivenOn, DateOnly? SignedOn, string? SignedBy, bool VictimInformation)
{
    /// <summary>Days after which a consent that was sought lapses. Ours.</summary>
    public const int LapseDays = 28;

    public bool Stands => State == ConsentState.Given;

    public static Deadline Lapses(DateTimeOffset sought) => new("answer to the invitation", sought.AddDays(LapseDays), "ours");

    /// <summary>What stands in the way of recording the consent as given.</summary>
    public IReadOnlyList<Obstacle> ToGive() => Obstacle.Unless(
        (NoticeVersion.Length > 0, "the version of the privacy notice the person was given", "seeds/002 App A, fair processing; seeds/003"),
        (SignedOn is not null && !string.IsNullOrEmpty(SignedBy), "the signed form: when and by whom", "seeds/001 Description of intended data (signed consent form)"),
        (SignedOn is null || SignedOn >= NoticeGivenOn, "the notice comes before the signature: consent is informed", "seeds/001 Legal gateway, Consent"));
}

/// <summary>A specific legal duty to share without consent.</summary>
/// <param name="Enactment">As the agreement writes it: <c>Children Act 1989 s47</c>.</param>
/// <param name="Why">Why it applies to this family.</param>
/// <param name="RecordedBy">The account that recorded it.</param>
public sealed record LegalDuty(string Enactment, string Why, string RecordedBy, DateOnly On)
{
    /// <param name="gateways">The gateways of the agreement: powers to share, which are not duties.</param>
    public IReadOnlyList<Obstacle> ToRelyOn(IEnumerable<string> gateways) => Obstacle.Unless(
        (Enactment.Length > 0, "which enactment makes it a duty", "seeds/001 Legal gateway, Consent"),
        (Why.Length > 0, "why the duty applies to this family", "seeds/001 Legal gateway, Consent"),
        (RecordedBy.Length > 0, "who recorded it", "ours"),
        (!gateways.Contains(Enactment, StringComparer.OrdinalIgnoreCase), "a duty: what is named is a gateway, which is a power to share", "seeds/000 §2; seeds/001 Legal gateway, Consent"));
}

/// <summary>On what sharing for the support of a family rests.</summary>
public enum SupportBasis
{
    None,
    Consent,
    Duty,
}

/// <summary>Consent of everyone involved, or a duty, from the allocation of a key worker on.</summary>
/// <remarks>seeds/001 Legal gateway, Consent.</remarks>
public static class ConsentRules
{
    // Of what is recorded under several references of one person, the first of these holds.
    private static readonly ConsentState[] Strictest =
        [ConsentState.Withdrawn, ConsentState.Refused, ConsentState.Given, ConsentState.Sought, ConsentState.Lapsed];

    /// <param name="involved">The members of the family who are involved; at least one.</param>
    /// <param name="consents">The latest of each person decides; the caller passes one a person.</param>
    /// <param name="duty">Checked already by <see cref="LegalDuty.ToRelyOn"/>.</param>
    public static SupportBasis Basis(IReadOnlyCollection<string> involved, IReadOnlyCollection<Consent> consents, LegalDuty? duty) =>
        involved.Count > 0 && involved.All(person => consents.Any(consent => consent.Person == person && consent.Stands)) ? SupportBasis.Consent
        : duty is not null ? SupportBasis.Duty
        : SupportBasis.None;

    /// <summary>The consents of people of whom some are held under two references: one a person. What is refused or taken back under one
    /// reference is so under all; else what is given under one is given.</summary>
    public static IReadOnlyList<Consent> OfPeople(HeldReferences held, IReadOnlyList<Consent> consents) =>
    [
        .. consents.GroupBy(consent => held.PersonOf(consent.Person)).Select(person =>
            person.OrderBy(consent => Array.IndexOf(Strictest, consent.State)).ThenByDescending(consent => consent.SignedOn).First() with
            {
                Person = person.Key,
                VictimInformation = person.Any(consent => consent is { Stands: true, VictimInformation: true }),
            }),
    ];

    /// <summary>Whether what is known of a person as a victim or witness may be considered.</summary>
    public static bool MayConsiderVictimInformation(string person, IReadOnlyCollection<Consent> consents) =>
        consents.Any(consent => consent.Person == person && consent.Stands && consent.VictimInformation);

    /// <summary>Whether an item may be read: one about a victim or witness only with that very person's own recorded consent. What the
    /// sender says of their consent does not decide.</summary>
    /// <param name="fields">Of the item, by the names of its dataset.</param>
    /// <param name="person">Whom it is about; empty where that is not known: then nobody's consent covers it.</param>
    public static bool MayRead(IReadOnlyDictionary<string, string> fields, string person, IReadOnlyCollection<Consent> consents) =>
        !SubjectRoles.IsVictimOrWitness(fields) || MayConsiderVictimInformation(person, consents);

    /// <summary>What stands in the way of recording what a person says to the use of information about them as a victim or
    /// witness.</summary>
    /// <param name="consent">The person's; null: they were not asked.</param>
    /// <param name="given">They agree; else they take it back.</param>
    /// <param name="on">When they signed, or said so.</param>
    public static IReadOnlyList<Obstacle> ToChangeVictimInformation(Consent? consent, bool given, DateOnly on, DateOnly today) => Obstacle.Unless(
        (consent is { Stands: true }, "a person whose consent stands: this is sought beside it", "seeds/001 Legal gateway, Consent (specifically sought)"),
        (consent is null || consent.VictimInformation != given,
            given ? "a person who has not agreed to it already" : "a person who agreed to it",
            "ours"),
        (on <= today && (consent is null || on >= consent.NoticeGivenOn), "a day after the notice was given, and not in the future", "ours"));

    /// <summary>What must happen at once when consent is withdrawn.</summary>
    /// <remarks>ours: UK GDPR Art 7(3). What was lawfully shared before stays shared.</remarks>
    /// <param name="after">The basis that remains.</param>
    public static IReadOnlyList<WithdrawalConsequence> OnWithdrawal(SupportBasis after) => after == SupportBasis.Duty
        ? [WithdrawalConsequence.StopSharingThePerson, WithdrawalConsequence.RemoveMarker]
        : [WithdrawalConsequence.StopSharingThePerson, WithdrawalConsequence.RemoveMarker, WithdrawalConsequence.EndSupport];
}

/// <summary>The part a person has in what is reported, as the datasets code it.</summary>
/// <remarks>seeds/000 §3.1, seeds/001 Consent.</remarks>
public static class SubjectRoles
{
    /// <summary>The column that says it.</summary>
    public const string Column = "subject_role";

    public static bool IsVictimOrWitness(IReadOnlyDictionary<string, string> fields) =>
        fields.GetValueOrDefault(Column) is "victim" or "witness";
}

public enum WithdrawalConsequence
{
    /// <summary>Nothing more about the person goes to anyone, except under a duty.</summary>
    StopSharingThePerson,

    /// <summary>A marker rests on everyone's signed consent alone.</summary>
    RemoveMarker,

    /// <summary>Support by the key worker has no basis left.</summary>
    EndSupport,
}
