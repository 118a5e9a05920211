using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>What a partner finds beside its sealed secret.</summary>
/// <param name="Reference">What the file was sealed under: 'tfflow key open' asks for it.</param>
/// <param name="Sha256">Of the secret's 64 hexadecimal digits.</param>
public sealed record HouseholdKeyNotice(string Reference, string Agreement, string Exchange, string File, string Sha256, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        Words,
        $"FILE is {File} in this outbox: 'tfflow outbox --save DIR' copies it.",
    ];
}

/// <param name="Sha256">Of the secret's 64 hexadecimal digits: both sides compare it.</param>
/// <param name="Shown">The digits, the one time they are shown; empty where they were sealed to the partner.</param>
/// <param name="File">Where the sealed secret lies in the partner's outbox; empty where it was shown.</param>
public sealed record HouseholdKeyView(string Agreement, string Exchange, string Agency, string Sha256, string Shown, string File);

/// <summary>Hands a partner the secret by which it names households in its list: sealed to its own key, or shown once for a partner that has none.</summary>
public sealed class HouseholdKeys(
    HouseholdSecrets secrets, AgreementCatalogue agreements, AgreementGate gate, Notices notices, Deployment deployment, MatchingPlan plan, Recipients recipients, Outbox outbox, Ledger ledger, Acts acts, TimeProvider time)
{
    /// <param name="exchange">A household list, as its agreement names it.</param>
    /// <param name="show">Answer with the secret instead of sealing it: once in an agreement's life.</param>
    public async Task<(HouseholdKeyView? View, Refusal? Refusal)> GiveAsync(string agency, string exchange, bool show, string account, string role, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (agreements.WithExchange(exchange, today)?.Exchange(exchange) is { } row && (row.Specification is not { } specification || !HouseholdListPreparation.Applies(specification)))
        {
            return (null, new("household-key.no-list", $"{exchange} is no household list: its sender needs no secret."));
        }

        var decision = gate.Check(new()
        {
            Act = GateAct.KeyExchange,
            Exchange = exchange,
            Agency = agency,
            Recipient = deployment.OwnerOr(plan.Authority),
            At = time.GetUtcNow(),
            Notices = await notices.StandingAsync(cancellationToken),
        });
        if (decision.Grant is not { } grant)
        {
            return (null, new(decision.Code, decision.Words));
        }

        var hasKey = await recipients.FindAsync(agency, cancellationToken) is not null;
        if (show && hasKey)
        {
            return (null, new("household-key.recipient", $"{agency} has registered a key: the secret is sealed to it, and shown to nobody. Leave out --show."));
        }

        if (show && await ledger.FindAsync(ShowOf(grant.Agreement), EntryKind.Outcome, cancellationToken) is { } shown)
        {
            return (null, new("household-key.shown", $"The secret of {grant.Agreement} was shown on {shown.Entry.At:yyyy-MM-dd}, and is shown once. A partner that has lost it registers a key ('tfflow key create', 'tfflow key register'); then it is sealed to that key."));
        }

        if (!show && !hasKey)
        {
            return (null, new("household-key.no-recipient", $"{new RecipientUnknownException(agency).Message} Or have the secret shown, once, and hand it over by means that the agreement names."));
        }

        return (await GiveAsync(grant, show, account, role, cancellationToken), null);
    }

    private static string FileOf(DisclosureGrant grant) => $"household-key/{grant.Agreement}.sealed";

    private static string ShowOf(string agreement) => $"household-key.show.{agreement}";

    private async Task<HouseholdKeyView> GiveAsync(DisclosureGrant grant, bool show, string account, string role, CancellationToken cancellationToken)
    {
        var secret = await secrets.OpenAsync(grant.Agreement, cancellationToken);
        var (digits, reference) = (Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), Reference.New());
        try
        {
            var view = new HouseholdKeyView(
                grant.Agreement,
                grant.Exchange,
                grant.To,
                Convert.ToHexStringLower(SHA256.HashData(digits)),
                show ? Encoding.ASCII.GetString(digits) : "",
                show ? "" : FileOf(grant));
            var act = new LedgerAct
            {
                ActId = show ? ShowOf(grant.Agreement) : $"household-key.give.{reference}",
                Act = show ? "household-key.show" : "household-key.give",
                Actor = account,
                Role = role,
                Agency = grant.To,
                Agreement = grant.Agreement,
                AgreementVersion = grant.Version,
                Exchange = grant.Exchange,
                Basis = grant.Basis,
                Purpose = grant.Purpose,
                Hash = view.Sha256,
            };
            await acts.PerformAsync(act, token => show ? Task.CompletedTask : PutAsync(grant, reference, view, digits, token), cancellationToken);
            return view;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(digits);
        }
    }

    private async Task PutAsync(DisclosureGrant grant, string reference, HouseholdKeyView view, byte[] digits, CancellationToken cancellationToken)
    {
        var file = FileOf(grant);
        await outbox.DiscloseAsync(grant, file, await recipients.SealAsync(grant, reference, digits, cancellationToken), cancellationToken);
        await outbox.PutAsync(
            grant.To,
            $"household-key/{grant.Agreement}.json",
            new HouseholdKeyNotice(
                reference, grant.Agreement, grant.Exchange, file, view.Sha256,
                $"The secret by which you name households in {grant.Exchange}. Open it on your own machine: tfflow key open FILE --reference {reference} --agency {grant.To} --key YOUR-KEY --out list.key. Then: tfflow prepare EXPORT --exchange {grant.Exchange} --key list.key."),
            cancellationToken);
    }
}
