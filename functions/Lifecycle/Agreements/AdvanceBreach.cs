using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Does what follows from a breach's row: provider told, overdue steps escalated, outcome circulated.</summary>
public sealed class AdvanceBreach(Registers registers, TellProvider telling, EscalateBreach escalating, CirculateOutcome circulating, TimeProvider time)
    : Activity<AdvanceBreach, BreachReference, Waiting?>
{
    /// <returns>The wait for people's next step; null when it is concluded, or people were reminded of all that is due.</returns>
    public override async Task<Waiting?> RunAsync(BreachReference input, CancellationToken cancellationToken)
    {
        while (await registers.Breaches.FindAsync(input.BreachId, cancellationToken) is { Row: { DueAt: { } due } row })
        {
            Func<BreachReference, CancellationToken, Task<bool>>? step =
                row.State is BreachState.Recorded ? telling.RunAsync
                : row.Breach.OutcomeSettledAt is not null ? circulating.RunAsync
                : due <= time.GetUtcNow() ? escalating.RunAsync
                : null;
            if (step is null)
            {
                return new("a step of people: the investigation, the police's word, the Commissioner's notice, the outcome", due);
            }

            if (!await step(input, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }
}
