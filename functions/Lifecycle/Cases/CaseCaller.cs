using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Who acts on a case.</summary>
/// <param name="Account">Goes into the ledger.</param>
public sealed record CaseCaller(string Account, string Role)
{
    /// <summary>An act of a person: asked for again, it is another.</summary>
    public LedgerAct Act(Case row, string act) => row.Act(act, Account, Reference.New()[..8]) with { Role = Role };
}

/// <summary>Who a person is, as their signed form says. Personal data.</summary>
public sealed record PersonDetails(string Surname, string Forenames, DateOnly DateOfBirth, string Address, string Postcode)
{
    /// <summary>The name and the date of birth, by which people of one family are told apart.</summary>
    internal PersonIdentity Identity => new(Surname, Forenames, DateOfBirth, Sex: null);

    /// <returns>Null for a row of a record that does not say who, or when they were born.</returns>
    public static PersonDetails? Of(IReadOnlyDictionary<string, string> fields) =>
        PeopleReader.IdentityOf(fields) is { Born: { } born } person
            ? new(person.Surname, person.Forenames, born, fields.GetValueOrDefault("address", ""), fields.GetValueOrDefault("postcode", ""))
            : null;
}

/// <summary>Which duty was relied on, and why. May be about a person.</summary>
public sealed record DutyNote(string Enactment, string Why);
