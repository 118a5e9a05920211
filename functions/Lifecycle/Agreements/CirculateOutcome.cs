using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Tells every party of the agreement that outcome and learning of a breach are settled, and concludes it.</summary>
/// <remarks>seeds/002 §12.</remarks>
public sealed class CirculateOutcome(Registers registers, AgreementCatalogue agreements, Outbox outbox, Acts acts, TimeProvider time)
{
    private const string Words = "Outcome and learning are settled. The paper comes to you by the means your agreement names: it is the one with this SHA-256.";

    /// <returns>False when there was nothing to circulate after all.</returns>
    public async Task<bool> RunAsync(BreachReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Breaches.GetAsync(input.BreachId, cancellationToken);
        if (current.Row is not { State: BreachState.Investigated, Breach: { OutcomeSettledAt: not null } breach } row)
        {
            return false;
        }

        // Every version's: a party that has left since learns of it too.
        var parties = agreements.Versions.Where(version => version.Id == row.Agreement).SelectMany(version => version.Parties).Select(party => party.Id).Distinct().ToList();
        var hash = row.Papers.Last(paper => paper.Step is BreachStep.OutcomeSettled).Hash;
        await acts.PerformAsync(
            row.Act("breach.conclude", nameof(BreachCaseOrchestration)) with { Hash = hash, Count = parties.Count },
            async token =>
            {
                var outcome = new BreachOutcome(
                    row.Id,
                    row.Agreement,
                    row.Exchange,
                    breach.Kind,
                    breach.Serious,
                    breach.AwareAt,
                    breach.ProviderToldAt,
                    breach.PoliceConsultedAt,
                    breach.CommissionerNotifiedAt,
                    breach.InvestigatedAt,
                    hash,
                    Words);
                foreach (var party in parties)
                {
                    await outbox.PutAsync(party, $"breaches/{row.Id}-outcome.json", outcome, token);
                }

                await registers.Breaches.ChangeAsync(current, row with { Breach = breach with { State = BreachState.Concluded, LearningCirculatedAt = time.GetUtcNow() } }, token);
            },
            cancellationToken);
        return true;
    }
}
