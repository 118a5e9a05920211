using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Tells the partner that provided the information of a breach.</summary>
/// <remarks>seeds/002 §12: at the earliest opportunity. A suspension does not stand in its way.</remarks>
public sealed class TellProvider(Registers registers, AgreementCatalogue agreements, Outbox outbox, Acts acts, TimeProvider time)
{
    private const string Words =
        "Information that you provided is concerned. Whoever reported it holds the report, which may name people and is not sent here: ask for it by the means your agreement names, and take part in the investigation.";

    /// <returns>False when it was told already.</returns>
    public async Task<bool> RunAsync(BreachReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Breaches.GetAsync(input.BreachId, cancellationToken);
        if (current.Row is not { State: BreachState.Recorded, Breach: var breach } row)
        {
            return false;
        }

        await acts.PerformAsync(
            row.Act("breach.tell-provider", nameof(BreachCaseOrchestration)),
            async token =>
            {
                var notice = new BreachNotice(row.Id, row.Agreement, row.Exchange, breach.Kind, breach.Serious, breach.ThirdParty, breach.AwareAt, row.By, ContactOf(row), row.ReportHash, Words);
                await outbox.PutAsync(row.Provider, $"breaches/{row.Id}.json", notice, token);
                await registers.Breaches.ChangeAsync(current, row with { Breach = breach with { State = BreachState.ProviderTold, ProviderToldAt = time.GetUtcNow() } }, token);
            },
            cancellationToken);
        return true;
    }

    // Posts, not people (seeds/002 App E): which of them is told first, the partner knows.
    private string ContactOf(BreachRow row) =>
        agreements.Find($"{row.Agreement}@{row.AgreementVersion}")?.Party(row.Provider) is { } party ? string.Join("; ", party.Contacts.Select(contact => $"{contact.Key}: {contact.Value}")) : "";
}
