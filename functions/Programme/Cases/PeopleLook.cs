using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Cases;

/// <summary>Why somebody looks at who the people of a family are. Whoever looks says it, and the ledger keeps it: words of a fixed list,
/// so that no name can stand there.</summary>
public enum LookPurpose
{
    /// <summary>To write or to visit, and to invite.</summary>
    Contact,

    /// <summary>To see whom a consent form is from.</summary>
    Consent,

    /// <summary>To prepare a visit or a meeting about the family.</summary>
    Support,

    /// <summary>To see whether a child or an adult is safe.</summary>
    Safeguarding,

    /// <summary>To compare with another record, or with what a partner asks.</summary>
    RecordCheck,

    /// <summary>To answer a person's request about their data.</summary>
    Rights,
}

/// <summary>A member's part in the family, as far as a date of birth tells it.</summary>
public enum FamilyRole
{
    /// <summary>No date of birth is known.</summary>
    NotKnown,

    Adult,
    Child,

    /// <summary>The date of birth is one that is expected.</summary>
    Unborn,
}

/// <summary>Who may know who the people of a family are, and when.</summary>
/// <remarks>seeds/001 3: "Only a limited number of people will be able to access this data". seeds/001 Legal gateway, Consent: from the
/// allocation of a key worker on, sharing rests on consent or a duty.</remarks>
public static class PeopleLookRules
{
    /// <param name="asKeyWorker">The family's own key worker looks; otherwise the coordinator, who is the custodian.</param>
    public static bool MayLook(FamilyCase family, bool asKeyWorker) =>
        family.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased) && (!asKeyWorker || IsSupported(family));

    /// <summary>A key worker supports the family, and what that rests on still stands.</summary>
    public static bool IsSupported(FamilyCase family) => family.State is FamilyCaseState.Supported && family.Basis is not SupportBasis.None;

    /// <summary>Whether a person's objections keep what names them from being shown. Looking who somebody is to work with the family is part
    /// of that work. It is not to see whom a form is from, to see whether somebody is safe, or to answer the person.</summary>
    /// <remarks>seeds/002 App A (objection to particular sharing). Which purposes it covers is ours.</remarks>
    /// <param name="use">What the record that names them was opened for; null: a signed form.</param>
    /// <param name="objections">Of the person.</param>
    public static bool IsObjected(LookPurpose purpose, Use? use, IEnumerable<Objection> objections) =>
        purpose is LookPurpose.Contact or LookPurpose.Support or LookPurpose.RecordCheck && objections.Any(objection =>
            WorkObjectedTo(objection) || (use is { } of && objection.StandsAgainst(of)));

    /// <summary>Whether an objection stands against working with the family: nobody is told of it then either.</summary>
    public static bool WorkObjectedTo(Objection objection) => objection.StandsAgainst(Use.KeyWorker) || objection.StandsAgainst(Use.Management);

    /// <param name="childUnder">Years under which somebody is a child.</param>
    public static FamilyRole RoleOf(DateOnly? born, DateOnly on, int childUnder) =>
        born is not { } date ? FamilyRole.NotKnown
        : date > on ? FamilyRole.Unborn
        : Age.On(date, on) < childUnder ? FamilyRole.Child
        : FamilyRole.Adult;
}
