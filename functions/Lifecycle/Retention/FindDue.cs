using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Asks the registers what is due, at most <see cref="Round"/> of each.</summary>
public sealed class FindDue(Registers registers, LegalHolds holds) : Activity<FindDue, SweepRequest, DueItems>
{
    public const int Round = 100;

    public override async Task<DueItems> RunAsync(ActivityContext context, SweepRequest input)
    {
        var due = await holds.DueAsync(registers.Extracts, ExtractStage.Erasing, input.AsOf, context.CancellationToken).Skip(input.Passed).Take(Round + 1).ToListAsync(context.CancellationToken);
        var intakes = new List<string>();
        foreach (var id in due.Take(Round))
        {
            if ((await registers.Extracts.GetAsync(id, context.CancellationToken)).Row.State is ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused)
            {
                intakes.Add(id);
            }
        }

        var grants = await registers.Grants.DueAsync(input.AsOf, context.CancellationToken).Take(Round + 1).ToListAsync(context.CancellationToken);
        var families = await holds.DueAsync(registers.Families, CohortState.Erasing, input.AsOf, context.CancellationToken).Take(Round + 1).ToListAsync(context.CancellationToken);
        return new(
            [.. due.Take(Round).Except(intakes)],
            intakes,
            [.. grants.Take(Round)],
            [.. families.Take(Round)],
            due.Count > Round || grants.Count > Round || families.Count > Round);
    }
}
