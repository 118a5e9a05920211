using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Asks the registers what is due, at most <see cref="Round"/> of each.</summary>
public sealed class FindDue(Registers registers) : Activity<FindDue, SweepRequest, DueItems>
{
    public const int Round = 100;

    public override async Task<DueItems> RunAsync(ActivityContext context, SweepRequest input)
    {
        var extracts = await registers.Extracts.DueAsync(input.AsOf, context.CancellationToken).Take(Round + 1).ToListAsync(context.CancellationToken);
        var grants = await registers.Grants.DueAsync(input.AsOf, context.CancellationToken).Take(Round + 1).ToListAsync(context.CancellationToken);
        var families = await registers.Families.DueAsync(input.AsOf, context.CancellationToken).Take(Round + 1).ToListAsync(context.CancellationToken);
        return new(
            [.. extracts.Take(Round)],
            [.. grants.Take(Round)],
            [.. families.Take(Round)],
            extracts.Count > Round || grants.Count > Round || families.Count > Round);
    }
}
