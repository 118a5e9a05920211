using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Vault.Keys;

namespace TfFlow.Lifecycle.Cases;

/// <summary>A signed consent form as it was handed in. Personal data.</summary>
/// <param name="Person">The member it is recorded for; null: the form itself says whose it is.</param>
/// <param name="SignedBy">A member's reference, the name of one as the form has it, or <see cref="SignedForm.Parent"/>; null: the
/// person.</param>
/// <param name="Sha256">Of the file or the scan, in lower-case hex; null: of what was typed.</param>
public sealed record HandedForm(
    string? Person, DateOnly SignedOn, string? SignedBy, bool VictimInformation, PersonDetails Details, string? Sha256);

/// <param name="Person">The member it is of; empty where an obstacle says that nobody is.</param>
/// <param name="Token">By which the same form is known again.</param>
public sealed record CheckedForm(string Person, string SignedBy, string Token, IReadOnlyList<Obstacle> Obstacles);

/// <summary>Holds a signed consent form against the people of the family: whose it is, who signed it, and whether it was recorded for
/// somebody else. Looking who they are is an act.</summary>
public sealed class FormCheck(Registers registers, FamilyPeople people, IKeyRing keyRing)
{
    private const string Secret = "consent-forms";

    public async Task<CheckedForm> CheckAsync(CaseCaller by, Case row, HandedForm form, CancellationToken cancellationToken)
    {
        var (named, withheld) = await people.NamedAsync(by, row, FamilyPeople.Act, Kebab.Of(LookPurpose.Consent), cancellationToken);
        if (named.Count == 0 && withheld > 0)
        {
            return new("", "", "", [Obstacle.Refusal(
                "Nobody can say now whose form this is: the agreements under which the family's records came do not let them be opened. "
                + "Record it once they do.",
                "ours")]);
        }

        // Records say who the members are; what others signed is no record of theirs.
        List<NamedMember> known = [.. named.Where(one => one.By is not NamedBy.Form)];
        var match = FamilyPeople.Match(known, form.Details.Identity);
        var fits = match.Surely.Count > 0 ? match.Surely : match.Perhaps;
        var person = form.Person ?? (fits.Count == 1 ? fits.First() : null);
        var signedBy = form.SignedBy is not { Length: > 0 } said ? person : SignatoryOf(row, named, said);
        var token = await TokenAsync(form, cancellationToken);
        var signed = new SignedForm(
            person,
            match.Surely,
            match.Perhaps,
            known.Exists(one => one.Member == person),
            form.Details.DateOfBirth,
            form.SignedOn,
            form.SignedBy is { Length: > 0 } ? signedBy : person ?? "",
            named.Where(one => one.Member == signedBy && one.Identity.Born is not null).MinBy(one => one.By)?.Identity.Born,
            await IsRecordedAsync(row, person, match, token, cancellationToken));
        return new(person ?? "", signedBy ?? "", token, signed.Obstacles());
    }

    /// <summary>A form has the name of whoever signed; a reference is as good.</summary>
    /// <returns>Null for nobody, or for more than one.</returns>
    private static string? SignatoryOf(Case row, IReadOnlyList<NamedMember> named, string said)
    {
        if (row.Involved.Contains(said) || said == SignedForm.Parent)
        {
            return row.Held.PersonOf(said);
        }

        var found = named.Where(known => IsNamed(known, said)).Select(known => known.Member).Distinct().ToList();
        return found is [var one] ? one : null;
    }

    private static bool IsNamed(NamedMember known, string said)
    {
        static string[] Words(string text) => text.ToUpperInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var (names, words) = (Words($"{known.Identity.Forenames} {known.Identity.Surname}"), Words(said));

        // "John Marlowe" and "Marlowe, John" are John William Marlowe.
        return words.Length > 1 && words.All(names.Contains) && Words(known.Identity.Surname).All(words.Contains);
    }

    /// <summary>A form is known again by a keyed token: a hash of a few words about a person could be guessed.</summary>
    private async Task<string> TokenAsync(HandedForm form, CancellationToken cancellationToken)
    {
        var secret = await keyRing.GetSecretAsync(Secret, cancellationToken);
        var text = form.Sha256 ?? JsonSerializer.Serialize(form with { Person = null }, Outbox.Json);
        var token = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
        CryptographicOperations.ZeroMemory(secret);
        return token;
    }

    /// <summary>One person may have two references in a family, and then signs for both, unless it is said that they are two.</summary>
    private async Task<bool> IsRecordedAsync(
        Case row, string? person, NamedMatch match, string token, CancellationToken cancellationToken)
    {
        var held = row.Held;
        return await registers.Cases.ListAsync(cancellationToken)
            .SelectMany(other => other.Row.Forms.Where(form => form.Token == token).Select(form => (other.Row.Id, Person: held.PersonOf(form.Person))))
            .AnyAsync(recorded => recorded.Id != row.Id || (recorded.Person != person && !MayBe(recorded.Person)), cancellationToken);

        bool MayBe(string recorded) => (match.Surely.Contains(recorded) || match.Perhaps.Contains(recorded))
            && (person is null || !held.AreTwo(recorded, person));
    }
}
