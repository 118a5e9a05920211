using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <param name="Extracts">How many extracts are due from now on.</param>
public sealed record ProcessingEnded(string Agreement, int Extracts);

/// <summary>The end of a processing: what a line of an agreement keeps until then is due.</summary>
/// <remarks>seeds/003: "for as long as necessary for these purposes". Only people know when that is over: they say so, and the sweep erases.</remarks>
public sealed class Processing(Registers registers, AgreementCatalogue agreements, RetentionLines lines, Deployment deployment, Acts acts, TimeProvider time)
{
    public async Task<Answer<ProcessingEnded>> EndAsync(CaseCaller by, string agreement, CancellationToken cancellationToken)
    {
        if (agreements.Versions.All(version => version.Id != agreement))
        {
            return new(null, []);
        }

        if (!IsProcessor(agreement))
        {
            return new(new(agreement, 0), [Obstacle.Refusal($"Nothing that came under {agreement} is kept here until a processing ends: this deployment is no processor of it.", "ours")]);
        }

        var (now, ended) = (time.GetUtcNow(), new ProcessingEnded(agreement, 0));
        await acts.PerformAsync(
            new() { ActId = $"processing.end.{agreement}.{Reference.New()[..8]}", Act = "processing.end", Actor = by.Account, Role = by.Role, Agreement = agreement },
            async token =>
            {
                var kept = await registers.Extracts.ListAsync(token).Where(extract => extract.Row.State is ExtractStage.Kept && extract.Row.Agreement == agreement).ToListAsync(token);
                foreach (var extract in kept)
                {
                    var clocks = RetentionClocks.None.With(ClockEvent.Received, extract.Row.ClaimedAt).With(ClockEvent.ProcessingEnded, now);
                    var term = lines.At(RetentionPoint.Arrived, $"{agreement}@{extract.Row.AgreementVersion}", extract.Row.Exchange, extract.Row.Agency, deployment.Organisation, clocks);
                    if (term is { Rule.Clock: ClockEvent.ProcessingEnded })
                    {
                        await registers.Extracts.ChangeAsync(extract, extract.Row with { KeptUntil = term.Due, RetentionRule = term.Quote }, token);
                        ended = ended with { Extracts = ended.Extracts + 1 };
                    }
                }

                return new ActResult { Count = ended.Extracts };
            },
            cancellationToken);
        return new(ended, []);
    }

    /// <summary>Some line of the agreement keeps what comes here until a processing ends.</summary>
    private bool IsProcessor(string agreement)
    {
        var ended = RetentionClocks.None.With(ClockEvent.ProcessingEnded, time.GetUtcNow());
        return agreements.Versions.Where(version => version.Id == agreement).Any(version => version.Exchanges.Any(exchange =>
            exchange.From.Any(sender => lines.At(RetentionPoint.Arrived, version.Name, exchange.Id, sender, deployment.Organisation, ended) is { Rule.Clock: ClockEvent.ProcessingEnded })));
    }
}
