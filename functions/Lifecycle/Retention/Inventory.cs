using System.Runtime.CompilerServices;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Research.Statistics;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Something the stores hold, or lack, that the registers and the ledger do not account for.</summary>
/// <param name="Code">Stable: <c>blob.orphan</c>, <c>key.missing</c>, …</param>
/// <param name="Reference">Opaque.</param>
public sealed record Discrepancy(string Code, string Reference, string Meaning);

/// <summary>Holds blobs, keys, registers and ledger against each other. Meant for a deployment at rest: work under way is left out where it cannot be told apart.</summary>
public sealed class Inventory(
    Stores stores, StoreNames names, Registers registers, AgreementCatalogue agreements, HouseholdIndex index, LegalHolds holds, CaseInventory cases, DataKeys keys, Ledger ledger,
    TimeProvider time)
{
    /// <summary>Everything, the whole ledger too.</summary>
    public async IAsyncEnumerable<Discrepancy> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var extracts = await registers.Extracts.ListAsync(cancellationToken).ToDictionaryAsync(e => e.Row.Id, e => e.Row, cancellationToken: cancellationToken);
        var families = await registers.Families.ListAsync(cancellationToken).ToDictionaryAsync(f => f.Row.Id, f => f.Row, cancellationToken: cancellationToken);
        var rounds = await registers.Matchings.ListAsync(cancellationToken).Select(run => run.Row).ToListAsync(cancellationToken);

        await foreach (var discrepancy in FindInStoreAsync(extracts.Values, families.Values, cancellationToken)
            .Concat(CompareIndexAsync(families, cancellationToken))
            .Concat(CompareLedgerAsync(extracts, families.Values, rounds, cancellationToken)))
        {
            yield return discrepancy;
        }
    }

    /// <summary>Blobs and keys against the registers: what could be erased and was not, what is lost, what nobody accounts for. The ledger is
    /// not read.</summary>
    public async IAsyncEnumerable<Discrepancy> FindInStoreAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var extracts = await registers.Extracts.ListAsync(cancellationToken).Select(e => e.Row).ToListAsync(cancellationToken);
        var families = await registers.Families.ListAsync(cancellationToken).Select(f => f.Row).ToListAsync(cancellationToken);
        await foreach (var discrepancy in FindInStoreAsync(extracts, families, cancellationToken))
        {
            yield return discrepancy;
        }
    }

    private async IAsyncEnumerable<Discrepancy> FindInStoreAsync(
        IReadOnlyCollection<Extract> extracts, IReadOnlyCollection<Family> families, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var grants = await registers.Grants.ListAsync(cancellationToken).ToDictionaryAsync(g => g.Row.Id, g => g.Row, cancellationToken: cancellationToken);
        await foreach (var discrepancy in CompareVaultAsync(extracts, grants.Values, families, cancellationToken)
            .Concat(CompareDropsAsync(extracts, grants, cancellationToken))
            .Concat(CompareGivenAsync(cancellationToken))
            .Concat(CompareStatisticsAsync(cancellationToken)))
        {
            yield return discrepancy;
        }
    }

    /// <summary>Every sealed blob has its row and its key, and nothing else is in the vault or the key table.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareVaultAsync(
        IReadOnlyCollection<Extract> extracts,
        IReadOnlyCollection<UploadGrant> grants,
        IReadOnlyCollection<Family> families,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What was to be erased and is under a legal hold is there as it was.
        var covered = await holds.CoveredAsync(cancellationToken);
        var held = extracts.Where(extract => IsHeld(extract) || (extract.State is ExtractStage.Erasing && covered.Contains(extract.Id))).SelectMany(extract => extract.Sealed?.Blobs ?? [])
            .Concat(families.Where(family => IsHeld(family) || (family.State is CohortState.Erasing && covered.Contains(family.Id))).SelectMany(family => family.Blobs).Where(IsWritten))
            .Select(blob => blob.Name).ToHashSet();
        var passing = extracts.Where(extract => extract.Sealed is not null && !IsHeld(extract) && extract.State is ExtractStage.Claimed or ExtractStage.Erasing)
            .SelectMany(extract => extract.Sealed!.Blobs.Concat(extract.Left))
            .Concat(extracts.Where(IsHeld).SelectMany(extract => extract.Left))
            .Concat(families.SelectMany(family => family.Blobs.Where(blob => !IsHeld(family) || !IsWritten(blob))))
            .Select(blob => blob.Name).ToHashSet();
        var open = grants.Where(grant => grant.State is GrantState.Issued or GrantState.Claimed).Select(grant => grant.Id).ToHashSet();

        var ofCases = await cases.BlobsAsync(covered, cancellationToken);
        held.UnionWith(ofCases.Held);
        passing.UnionWith(ofCases.Passing);

        var blobs = await stores.Blobs.ListAsync(names.Vault, prefix: null, cancellationToken).Select(blob => blob.Blob.Name).ToHashSetAsync(cancellationToken: cancellationToken);
        var rows = await keys.ListAsync(cancellationToken).Select(row => row.Reference).ToHashSetAsync(cancellationToken: cancellationToken);

        foreach (var name in held.Except(blobs))
        {
            yield return new("blob.missing", name, "The register keeps it, and the vault has no such blob.");
        }

        foreach (var name in blobs.Except(held).Except(passing))
        {
            yield return new("blob.orphan", name, "The vault holds it, and no register row accounts for it.");
        }

        // A grant whose issue was cut short has no key yet, and never will: it expires.
        var used = grants.Where(grant => grant.State is GrantState.Claimed).Select(grant => grant.Id);
        foreach (var name in held.Concat(used).Except(rows))
        {
            yield return new("key.missing", name, "The register keeps it, and its key is gone: it cannot be opened.");
        }

        foreach (var name in rows.Except(held).Except(passing).Except(open))
        {
            yield return new("key.orphan", name, "The key table holds a key that no register row accounts for.");
        }
    }

    /// <summary>A drop lies only where a grant waits for it or its intake is under way.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareDropsAsync(
        IReadOnlyCollection<Extract> extracts, Dictionary<string, UploadGrant> grants, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = extracts.Where(extract => extract.State is ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused)
            .Select(extract => extract.GrantId).ToHashSet();
        foreach (var agency in grants.Values.Select(grant => grant.Agency).Union(agreements.Parties))
        {
            await foreach (var drop in stores.Blobs.ListAsync(names.Drops(agency), prefix: null, cancellationToken))
            {
                var granted = grants.TryGetValue(drop.Blob.Name, out var grant) && grant.State is GrantState.Issued or GrantState.Claimed;
                if (!granted && !underWay.Contains(drop.Blob.Name))
                {
                    yield return new("drop.left", names.Drops(agency), "A dropped file lies there that no open grant or intake accounts for.");
                }
            }
        }
    }

    /// <summary>A file lies in an outbox while its row says that it was given, and no longer.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareGivenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (row, _) in registers.Given.ListAsync(cancellationToken).Where(row => row.Row.State is not GivenFileState.Ordered))
        {
            var lies = await stores.Blobs.GetPropertiesAsync(new(names.Outbox(row.Outbox), row.FileName), cancellationToken) is not null;
            if (lies != row.State is GivenFileState.Given)
            {
                yield return lies
                    ? new("given.left", row.Id, "The register says that this file was removed, and it still lies in an outbox.")
                    : new("given.missing", row.Id, "The register says that this file lies in an outbox, and it does not.");
            }
        }
    }

    /// <summary>What a table of statistics counts lies there while the table can be released or is out.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareStatisticsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kept = await registers.Statistics.ListAsync(cancellationToken).Where(row => row.Row.State is not StatisticsState.Discarded)
            .Select(row => StatisticsTables.BlobOf(row.Row.Id)).ToHashSetAsync(cancellationToken: cancellationToken);
        var blobs = await stores.Blobs.ListAsync(names.Statistics, prefix: null, cancellationToken).Select(blob => blob.Blob.Name).ToHashSetAsync(cancellationToken: cancellationToken);
        foreach (var name in kept.Except(blobs))
        {
            yield return new("statistics.missing", name, "A later table is to be compared with this one, and what it counts is gone.");
        }

        foreach (var name in blobs.Except(kept))
        {
            yield return new("statistics.orphan", name, "It says what a table of statistics counts, and no register row accounts for it.");
        }
    }

    /// <summary>The index leads to families that are there, and to each of them.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareIndexAsync(Dictionary<Id<Family>, Family> families, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var indexed = await index.ListFamiliesAsync(cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
        var objecting = await registers.ObjectingFamiliesAsync(Use.Identification, cancellationToken);
        foreach (var id in indexed.Where(id => !objecting.Contains(id) && (!families.TryGetValue(id, out var family) || family.State is CohortState.Erased)))
        {
            yield return new("index.orphan", id, "The index of households leads to a family that is not there.");
        }

        foreach (var family in families.Values.Where(family => IsHeld(family) && !indexed.Contains(family.Id)))
        {
            yield return new("index.missing", family.Id, "No entry of the index of households leads to this family.");
        }
    }

    /// <summary>What the ledger says was done, the registers know; what the registers say was done, the ledger knows.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareLedgerAsync(
        Dictionary<Id<Extract>, Extract> extracts,
        IReadOnlyCollection<Family> families,
        IReadOnlyList<MatchingRun> rounds,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = new HashSet<(string Act, string Reference)>();
        var finished = new HashSet<string>();
        await foreach (var record in ledger.ReadAsync(0, cancellationToken))
        {
            if (record.Entry.Kind is not EntryKind.Outcome || record.Entry.Result.StartsWith(Acts.FailedPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            finished.Add(Acts.WithoutAttempt(record.Entry.ActId));
            foreach (var reference in record.Entry.References)
            {
                done.Add((record.Entry.Act, reference));
                if (record.Entry.Act is "drop.claim" && reference == record.Entry.References[^1] && !extracts.ContainsKey(reference))
                {
                    yield return new("register.missing", reference, "The ledger says this extract was claimed, and its register row is gone.");
                }
            }
        }

        var behind = extracts.Values.SelectMany(extract => ActsBehind(extract.State).Select(act => (Act: act, Id: extract.Id.Text, State: extract.State.ToString())))
            .Concat(families.Where(family => family.State is CohortState.Erased).Select(family => (Act: "family.erase", Id: family.Id.Text, State: family.State.ToString())))
            .Concat(rounds.SelectMany(run => ActsBehind(run.State).Select(act => (Act: act, run.Id, State: run.State.ToString()))));
        foreach (var (act, id, state) in behind.Where(step => !done.Contains((step.Act, step.Id))))
        {
            yield return new("ledger.missing", id, $"The register has it as {state}, and the ledger has no outcome of {act}.");
        }

        await foreach (var discrepancy in cases.FindAsync(finished, cancellationToken))
        {
            yield return discrepancy;
        }

        foreach (var record in await ledger.IntentsWithoutOutcomeAsync(time.GetUtcNow(), cancellationToken))
        {
            yield return new("ledger.open-intent", record.Entry.ActId, $"{record.Entry.Act} was begun and has no outcome.");
        }
    }

    private static bool IsHeld(Extract extract) => extract.State is ExtractStage.Sealed or ExtractStage.Kept;

    private static bool IsHeld(Family family) => family.State is CohortState.InCohort or CohortState.InReview;

    private static bool IsWritten(SealedBlob blob) => blob.Sha256.Length > 0;

    private static string[] ActsBehind(MatchingStage stage) => stage switch
    {
        MatchingStage.Started => ["match.start"],
        MatchingStage.Matching => ["match.start", "match.begin"],
        MatchingStage.Erasing => ["match.start", "match.begin", "match.keep", "match.settle"],
        MatchingStage.Reviewing => ["match.start", "match.begin", "match.keep", "match.settle", "match.review"],
        MatchingStage.Completed => ["match.start", "match.begin", "match.keep", "match.settle", "match.review", "match.complete"],
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    private static string[] ActsBehind(ExtractStage stage) => stage switch
    {
        ExtractStage.Claimed => ["drop.claim"],
        ExtractStage.Sealed or ExtractStage.Refused => ["drop.claim", "extract.seal"],
        ExtractStage.Kept or ExtractStage.Quarantined or ExtractStage.Erasing => ["drop.claim", "extract.seal", "drop.remove"],
        ExtractStage.Erased => ["drop.claim", "extract.seal", "drop.remove", "extract.erase"],
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
