using System.Security.Cryptography;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What a call handler is told of a person's family, and nothing else.</summary>
/// <param name="Supported">A key worker supports the family, and what that rests on stands. Where the answer is no it says nothing of
/// why: there may be no such family.</param>
/// <param name="By">The key worker's account; null where the family is not supported.</param>
/// <param name="Services">The services that work with it now, and whom to ask there.</param>
public sealed record FirstResponseView(bool Supported, string? By, IReadOnlyList<FirstResponseService> Services)
{
    internal static FirstResponseView No { get; } = new(Supported: false, By: null, []);
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
                if (await SupportedAsync(person, token) is not { } row || !await IsOfAsync(by, row, person, token))
                {
                    return ActResult.Done;
                }

                var involved = await services.OpenAsync(by, row, look.ActId, token);
                var now = involved.Services.Where(service => service.Now);
                view = new(
                    Supported: true, row.KeyWorker, [.. now.Select(service => new FirstResponseService(service.Service, service.Contact))]);
                return new ActResult { References = [row.Id], Count = view.Services.Count };
            },
            cancellationToken);
        return view;
    }

    /// <returns>The case of the family that lives there, while it is supported.</returns>
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
                && PeopleLookRules.IsSupported(row.Family))
            {
                return row;
            }
        }

        return null;
    }

    private async Task<bool> IsOfAsync(CaseCaller by, Case row, PersonDetails person, CancellationToken cancellationToken)
    {
        var (named, _) = await people.NamedAsync(by, row, "first-response.compare", Purpose, cancellationToken);
        return FamilyPeople.Match(named, person.Identity).Surely.Count > 0;
    }
}
