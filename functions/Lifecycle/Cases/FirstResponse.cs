using System.Security.Cryptography;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What a call handler is told of a person's family, and nothing else.</summary>
/// <param name="Supported">A key worker supports the family, and what that rests on stands; or a partner leads. Where the answer is no it
/// says nothing of why: there may be no such family.</param>
/// <param name="By">The key worker's name as the authority registered it, or the partner's; null where nothing is told.</param>
/// <param name="Contact">How to reach them; null where nothing is registered.</param>
/// <param name="Services">The services that work with it now, and whom to ask there.</param>
public sealed record FirstResponseView(bool Supported, string? By, string? Contact, IReadOnlyList<FirstResponseService> Services)
{
    /// <summary>The person objects to this being told: nothing else is said.</summary>
    public bool Objected { get; init; }

    /// <summary>What to do, where the answer leaves something open; null where it does not.</summary>
    public string? Next { get; init; }

    internal static FirstResponseView No { get; } = new(Supported: false, By: null, Contact: null, []);
}

/// <param name="Contact">Whom to ask there; empty: not said.</param>
public sealed record FirstResponseService(string Service, string Contact);

/// <summary>First Response: call handlers hear from professionals who have a concern for a child or a family, and see whether somebody
/// supports it already. A person is asked for by name, date of birth and address; a reference nobody who calls has.</summary>
/// <remarks>seeds/001 3. What is asked is written nowhere. An address finds the family by a keyed token; the name and the date of birth
/// must surely be those of a member who is involved.</remarks>
public sealed class FirstResponse(
    Registers registers,
    HouseholdIndex index,
    HouseholdSecrets secrets,
    FamilyPeople people,
    FamilyServices services,
    StaffContacts contacts,
    AgreementCatalogue agreements,
    Deployment deployment,
    MatchingPlan plan,
    Acts acts)
{
    /// <summary>The code of the act, and of one that was refused.</summary>
    public const string Act = "first-response.look";

    /// <summary>Why whoever looks does: it is all that the role is for.</summary>
    private const string Purpose = "first-response";

    /// <returns>Whether the person's family is supported. Every look is an act, whatever it finds; it names the family where one is
    /// supported.</returns>
    public async Task<FirstResponseView> LookAsync(CaseCaller by, PersonDetails person, CancellationToken cancellationToken)
    {
        var view = FirstResponseView.No;
        var look = new LedgerAct
        {
            ActId = $"{Act}.{Reference.New()}",
            Act = Act,
            Actor = by.Account,
            Role = by.Role,
            Agency = deployment.OwnerOr(plan.Authority),
            Purpose = Purpose,
        };
        await acts.PerformAsync(
            look,
            async token =>
            {
                if (await SupportedAsync(person, token) is not { } row || await OfWhomAsync(by, row, person, token) is not { Count: > 0 } members)
                {
                    return ActResult.Done;
                }

                var objections = (await registers.ObjectionsOfAsync(row.Id, token)).ByPerson(row.Held);
                view = objections.Any(objection => members.Contains(objection.Person) && PeopleLookRules.WorkObjectedTo(objection))
                    ? FirstResponseView.No with { Objected = true, Next = "Ask the coordinator: the person objects to more being told here." }
                    : row.Assessment is { LedBy: { } partner } && row.State is FamilyCaseState.PartnerLed ? LedBy(partner)
                    : await SupportedByAsync(by, row, look.ActId, token);
                return new ActResult { References = [row.Id], Count = view.Services.Count };
            },
            cancellationToken);
        return view;
    }

    /// <summary>What a key worker's family is told of.</summary>
    private async Task<FirstResponseView> SupportedByAsync(CaseCaller by, Case row, string actId, CancellationToken cancellationToken)
    {
        var involved = await services.OpenAsync(by, row, actId, cancellationToken);
        var now = involved.Services.Where(service => service.Now);
        var keyWorker = await contacts.FindAsync(row.KeyWorker!, cancellationToken);
        return new(
            Supported: true, keyWorker?.Name, keyWorker?.Contact, [.. now.Select(service => new FirstResponseService(service.Service, service.Contact))])
        {
            Next = keyWorker is null
                ? "The key worker's name is not registered. Ask the coordinator, who registers it with 'tfflow access contact'."
                : involved.Objected > 0 ? "Services are left out of which somebody objects to being told. Ask the key worker." : null,
        };
    }

    /// <summary>Of a family that a partner leads nobody was asked for consent, and no key worker is to know what came: which partner it is
    /// the authority assessed itself.</summary>
    private FirstResponseView LedBy(string partner)
    {
        var known = agreements.Versions.SelectMany(version => version.Parties).Last(party => party.Id.Text == partner);
        var posts = known.Contacts.Select(post => $"{post.Value} ({post.Key})");
        return new(Supported: true, known.Name, known.Contacts.Count > 0 ? string.Join("; ", posts) : null, []);
    }

    /// <returns>The case of the family that lives there, while it is supported, or a partner leads.</returns>
    private async Task<Case?> SupportedAsync(PersonDetails person, CancellationToken cancellationToken)
    {
        var secret = await secrets.OpenInternalAsync(cancellationToken);
        var household = HouseholdSecrets.Name(secret, person.Address, person.Postcode);
        CryptographicOperations.ZeroMemory(secret);
        if (household is not { } home)
        {
            return null;
        }

        using var tokens = await index.OpenAsync(cancellationToken);
        var programmes = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort)
            .Select(family => family.Row.Programme)
            .ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (var programme in programmes)
        {
            if (await index.FindAsync(programme, tokens.Of(programme, home), cancellationToken) is { } id
                && await registers.Cases.FindAsync(id, cancellationToken) is { Row: var row }
                && (PeopleLookRules.IsSupported(row.Family) || row.State is FamilyCaseState.PartnerLed))
            {
                return row;
            }
        }

        return null;
    }

    /// <returns>The members whose the name and the date of birth surely are.</returns>
    private async Task<IReadOnlyCollection<string>> OfWhomAsync(CaseCaller by, Case row, PersonDetails person, CancellationToken cancellationToken)
    {
        var (named, _) = await people.NamedAsync(by, row, "first-response.compare", Purpose, cancellationToken);
        return FamilyPeople.Match(named, person.Identity).Surely;
    }
}
