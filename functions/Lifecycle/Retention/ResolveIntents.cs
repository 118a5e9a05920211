using Microsoft.Extensions.Logging;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <param name="Extracts">Ids of extracts whose erasure was begun.</param>
/// <param name="Intakes">Ids of extracts whose intake was begun.</param>
/// <param name="Grants">Ids of grants whose end was begun.</param>
public sealed record UnfinishedActs(IReadOnlyList<string> Extracts, IReadOnlyList<string> Intakes, IReadOnlyList<string> Grants);

/// <summary>Finds acts that were begun and have no outcome: names those that are to be taken up again, and ends the others.</summary>
public sealed partial class ResolveIntents(Ledger ledger, Registers registers, LegalHolds holds, TimeProvider time, ILogger<ResolveIntents> log)
{
    /// <summary>What an act nobody took up again ends with. Whoever performs it after all makes a further attempt.</summary>
    public const string Abandoned = Acts.FailedPrefix + "abandoned";

    /// <summary>An act that began less than this before is left to whoever began it.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <returns>Whether any act was begun long ago and has no outcome.</returns>
    public async Task<bool> AnyAsync(DateTimeOffset asOf, CancellationToken cancellationToken) =>
        (await ledger.IntentsWithoutOutcomeAsync(asOf - Patience, cancellationToken)).Count > 0;

    public async Task<UnfinishedActs> RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        var (extracts, intakes, grants) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var held = await holds.CoveredAsync(cancellationToken);
        foreach (var intent in await ledger.IntentsWithoutOutcomeAsync(input.AsOf - Patience, cancellationToken))
        {
            var act = intent.Entry.Act;
            if (act is "extract.match" || (act is "family.erase" && !held.Contains(intent.Entry.References[0])) || await IsUnderWayAsync(intent.Entry, cancellationToken))
            {
                // Its round takes it up, or the sweep itself, which finds the family due.
                continue;
            }

            var resumed = act switch
            {
                "extract.erase" => extracts,
                "extract.seal" or "drop.remove" => intakes,
                "grant.expire" => grants,
                _ => null,
            };
            if (resumed is not null)
            {
                resumed.Add(intent.Entry.References[0]);
                continue;
            }

            var tookEffect = await TookEffectAsync(intent.Entry, cancellationToken);
            var outcome = new LedgerEntry(intent.Entry, EntryKind.Outcome, time.GetUtcNow()) { Result = tookEffect ? ActResult.Done.Result : Abandoned };
            await ledger.AppendAsync(outcome, cancellationToken);
            if (tookEffect)
            {
                continue;
            }

            LogAbandoned(intent.Entry.Act, intent.Entry.ActId, intent.Entry.At);
        }

        return new([.. extracts], [.. intakes], [.. grants]);
    }

    /// <summary>An act of a matching round that is not over. What a killed attempt opened and the next one had no need of is never taken up again.</summary>
    private async Task<bool> IsUnderWayAsync(LedgerEntry intent, CancellationToken cancellationToken) =>
        intent.Act.StartsWith("match.", StringComparison.Ordinal) && intent.References is [var run, ..]
        && await registers.Matchings.FindAsync(run, cancellationToken) is { Row.State: not MatchingStage.Completed };

    /// <summary>A case names the acts that changed it; a file that lies where it is collected was given.</summary>
    private async Task<bool> TookEffectAsync(LedgerEntry intent, CancellationToken cancellationToken) =>
        intent.References is [var first, ..]
        && ((await registers.Cases.FindAsync(first, cancellationToken) is { Row: var row } && row.ActIds.Contains(Acts.WithoutAttempt(intent.ActId)))
            || (intent.Act is "list.send" or "file.give" && await registers.Given.FindAsync(first, cancellationToken) is { Row.FileHash.Length: > 0 }));

    [LoggerMessage(LogLevel.Warning, "{Act} ({ActId}) was begun at {At}, and nobody took it up again. It ends as abandoned; the register says whether it took effect.")]
    private partial void LogAbandoned(string act, string actId, DateTimeOffset at);
}
