using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>Runs acts as law 3 wants them: intent written, effect, outcome written.</summary>
public sealed class Acts(Ledger ledger, TimeProvider time)
{
    /// <summary>The longest act id, so that further attempts at it can be numbered.</summary>
    public const int MaxActIdLength = CanonicalEntry.MaxActIdLength - 10;

    /// <summary>Name of the activity source and of the meter: an effect is a span, begun once its intent is durable and ended before its outcome is written.</summary>
    public const string TelemetryName = "TfFlow.Acts";

    /// <summary>The span's tag that holds the act's id.</summary>
    public const string ActIdTag = "tfflow.act.id";

    /// <summary>How the result of a failed attempt begins; its stable code follows.</summary>
    public const string FailedPrefix = "failed.";

    private const char AttemptMark = '~';

    private static readonly ActivitySource Telemetry = new(TelemetryName);

    /// <summary>Acts that ended, by act and by whether they failed.</summary>
    private static readonly Counter<long> Ended = new Meter(TelemetryName).CreateCounter<long>("tfflow.acts", "{act}");

    /// <summary>Writes the intent, runs the effect, writes the outcome. Run again under the same act id, it takes up where it stopped: an act that has its outcome is not run again.</summary>
    /// <param name="effect">Idempotent: it runs again when it was interrupted before its outcome was written.</param>
    /// <returns>The outcome as it stands in the ledger. What the effect produced is read from where it put it.</returns>
    /// <remarks>A failure is an outcome too (<c>failed.</c> and its stable code) and is thrown on; the next attempt goes under <c>act-id~2</c>, and so on.
    /// Cancellation leaves the intent open, to be taken up again.</remarks>
    public async Task<LedgerEntry> PerformAsync(LedgerAct act, Func<CancellationToken, Task<ActResult>> effect, CancellationToken cancellationToken)
    {
        if (act.ActId.Length > MaxActIdLength)
        {
            throw new ArgumentException($"An act id that is performed has at most {MaxActIdLength} characters.", nameof(act));
        }

        for (var attempt = 1; ; attempt++)
        {
            var numbered = act with { ActId = Numbered(act.ActId, attempt) };
            var place = await ledger.AppendAsync(new LedgerEntry(numbered, EntryKind.Intent, time.GetUtcNow()), cancellationToken);
            var earlier = place.Repeated ? await ledger.FindAsync(numbered.ActId, EntryKind.Outcome, cancellationToken) : null;

            // An outcome may be another runner's, which failed where this one did not: then the next attempt says how it ended.
            var outcome = earlier?.Entry ?? await RunAsync(numbered, effect, cancellationToken);
            if (!outcome.Result.StartsWith(FailedPrefix, StringComparison.Ordinal))
            {
                return outcome;
            }

            if (earlier is not null)
            {
                attempt = Math.Max(attempt, await LastEndedAsync(act.ActId, attempt, cancellationToken) - 1);
            }
        }
    }

    /// <summary>Performs an act that ends as <see cref="ActResult.Done"/> and turns out to cover nothing more.</summary>
    /// <inheritdoc cref="PerformAsync(LedgerAct, Func{CancellationToken, Task{ActResult}}, CancellationToken)"/>
    public Task<LedgerEntry> PerformAsync(LedgerAct act, Func<CancellationToken, Task> effect, CancellationToken cancellationToken) => PerformAsync(
        act,
        async token =>
        {
            await effect(token);
            return ActResult.Done;
        },
        cancellationToken);

    /// <summary>The id of the act, whichever attempt at it a ledger entry is of. Certificates and register rows name an act by it.</summary>
    public static string WithoutAttempt(string actId) => actId.Split(AttemptMark)[0];

    private static string Numbered(string actId, int attempt) =>
        attempt == 1 ? actId : string.Create(CultureInfo.InvariantCulture, $"{actId}{AttemptMark}{attempt}");

    /// <summary>Finds the last attempt that has its outcome, by doubling: what failed often is not walked through again.</summary>
    /// <param name="ended">An attempt that has its outcome. Attempts follow each other without a gap.</param>
    private async Task<int> LastEndedAsync(string actId, int ended, CancellationToken cancellationToken)
    {
        var step = 1;
        for (; await HasEndedAsync(ended + step); step *= 2)
        {
            ended += step;
        }

        for (; step > 1; step /= 2)
        {
            ended += await HasEndedAsync(ended + (step / 2)) ? step / 2 : 0;
        }

        return ended;

        async Task<bool> HasEndedAsync(int attempt) => await ledger.FindAsync(Numbered(actId, attempt), EntryKind.Outcome, cancellationToken) is not null;
    }

    private async Task<LedgerEntry> RunAsync(LedgerAct act, Func<CancellationToken, Task<ActResult>> effect, CancellationToken cancellationToken)
    {
        ActResult result;
        try
        {
            using var span = Telemetry.StartActivity(act.Act);
            span?.SetTag(ActIdTag, act.ActId);
            result = await effect(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            await RecordFailureAsync(act, failure);
            throw;
        }

        // The effect stands: its outcome is written even when the caller has given up.
        var outcome = result.Complete(new LedgerEntry(act, EntryKind.Outcome, time.GetUtcNow()));
        Ended.Add(1, new("act", act.Act), new("failed", false));
        var place = await ledger.AppendAsync(outcome, CancellationToken.None);
        return place.Repeated ? (await ledger.FindAsync(act.ActId, EntryKind.Outcome, cancellationToken))!.Entry : outcome;
    }

    private async Task RecordFailureAsync(LedgerAct act, Exception failure)
    {
        Ended.Add(1, new("act", act.Act), new("failed", true));
        try
        {
            var outcome = new LedgerEntry(act, EntryKind.Outcome, time.GetUtcNow()) { Result = FailedPrefix + FailureCode.Of(failure) };
            await ledger.AppendAsync(outcome, CancellationToken.None);
        }
        catch (Exception unwritten)
        {
            throw new AggregateException("The act failed, and its outcome could not be written: its intent stays open.", failure, unwritten);
        }
    }
}

/// <summary>How an act ended, and what it turned out to cover where that was not known before.</summary>
public sealed record ActResult
{
    public static ActResult Done { get; } = new();

    /// <summary><c>done</c>, or the stable code of another end that is no failure.</summary>
    public string Result { get; init; } = "done";

    /// <summary>Null for those of the intent.</summary>
    public IReadOnlyList<string>? References { get; init; }

    /// <summary>Null for that of the intent.</summary>
    public long? Count { get; init; }

    /// <summary>Null for that of the intent.</summary>
    public string? Hash { get; init; }

    internal LedgerEntry Complete(LedgerEntry outcome) => outcome with
    {
        Result = Result,
        References = References ?? outcome.References,
        Count = Count ?? outcome.Count,
        Hash = Hash ?? outcome.Hash,
    };
}
