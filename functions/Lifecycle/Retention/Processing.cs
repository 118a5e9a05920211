using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <param name="Extracts">How many extracts are due from now on.</param>
public sealed record ProcessingEnded(string Agreement, int Extracts);

/// <summary>The end of a processing: what a line of an agreement keeps until then is due.</summary>
/// <remarks>seeds/003: "for as long as necessary for these purposes". Only people know when that is over: they say so, and the sweep erases.</remarks>
public sealed class Processing(Registers registers, AgreementCatalogue agreements, RetentionLines lines, Deployment deployment, MatchingPlan plan, Acts acts, TimeProvider time)
{
    public async Task<Answer<ProcessingEnded>> EndAsync(CaseCaller by, string agreement, CancellationToken cancellationToken)
    {
        if (agreements.Versions.All(version => version.Id != agreement))
        {
            var known = string.Join(", ", agreements.Versions.Select(version => version.Id).Distinct());
            return new(null, [Obstacle.Refusal($"No agreement here is called '{agreement}'. There are: {known}.", "ours")]);
        }

        var (owner, processors) = (deployment.OwnerOr(plan.Authority), Processors(agreement));
        if (!processors.Contains(owner))
        {
            var words = processors.Count == 0 ? $"Nothing under {agreement} is kept until a processing ends: no line of it says so."
                : $"Nothing that {owner} receives under {agreement} is kept until a processing ends. Whoever receives it says so on its own deployment: {string.Join(", ", processors)}.";
            return new(new(agreement, 0), [Obstacle.Refusal(words, "ours")]);
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
                    var term = lines.At(RetentionPoint.Arrived, $"{agreement}@{extract.Row.AgreementVersion}", extract.Row.Exchange, extract.Row.Agency, owner, clocks);
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

    /// <summary>Who receives what some line of the agreement keeps until a processing ends.</summary>
    private IReadOnlyList<Id<Party>> Processors(string agreement)
    {
        var ended = RetentionClocks.None.With(ClockEvent.ProcessingEnded, time.GetUtcNow());
        return
        [
            .. from version in agreements.Versions
               where version.Id == agreement
               from exchange in version.Exchanges
               from receiver in exchange.To
               where exchange.From.Any(sender => lines.At(RetentionPoint.Arrived, version.Name, exchange.Id, sender, receiver, ended) is { Rule.Clock: ClockEvent.ProcessingEnded })
               group receiver by receiver into receivers
               orderby receivers.Key
               select receivers.Key,
        ];
    }
}
