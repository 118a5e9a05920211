using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Ends the wait for an answer to the invitation: what was sought and not given lapses.</summary>
public sealed class LapseConsent(Registers registers, CaseBook book, TimeProvider time)
{
    public async Task<bool> RunAsync(CaseReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(input.CaseId, cancellationToken);
        if (current.Row.State is not FamilyCaseState.Invited || current.Row.DueAt > time.GetUtcNow())
        {
            return false;
        }

        await book.PerformAsync(
            current,
            current.Row.Act("consent.lapse", nameof(FamilyCaseOrchestration), current.Row.Again),
            row => row with { Consents = [.. row.Consents.Select(consent => consent.State is ConsentState.Sought ? consent with { State = ConsentState.Lapsed } : consent)] },
            cancellationToken);
        return true;
    }
}
