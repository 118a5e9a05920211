using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Rights;

/// <summary>What would be given to a person now. Personal data.</summary>
/// <param name="Json">The bundle as it is given, UTF-8: the caller zeroes it.</param>
/// <param name="Sha256">Of those bytes, lower-case hex.</param>
public sealed record ReadBundle(byte[] Json, string Sha256);

/// <summary>Answers a person who asks what is held about them: puts it together from what is held now, has two people release what they
/// read, and
/// gives it out. It rests nowhere: each reading opens it anew, and each is in the ledger.</summary>
/// <remarks>docs/people.md. seeds/002 §17; ours: UK GDPR Art 15.</remarks>
public sealed class SubjectBundles(
    Registers registers, BundleRecords records, BundleHistory history, BundleWriter writer, RowActs rows, Acts acts, TimeProvider time)
{
    /// <summary>Puts together what is held, to be read by whoever coordinates the request.</summary>
    public Task<Answer<ReadBundle>> ReadAsync(CaseCaller by, string id, CancellationToken cancellationToken) =>
        PutTogetherAsync(by, id, (row, _) => row.Request.ToRead(row.SearchedAt is not null), cancellationToken);

    /// <summary>Marks a part as exempt: it is left out, and the answer says so unless saying it would do the harm.</summary>
    /// <param name="hash">SHA-256 of the reasons.</param>
    public async Task<Answer<SubjectRequestRow>> ExemptAsync(
        CaseCaller by, string id, string part, Exemption exemption, bool unsaid, string hash, CancellationToken cancellationToken)
    {
        if (await registers.SubjectRequests.FindAsync(id, cancellationToken) is not { Row: var found })
        {
            return new(null, []);
        }

        var marked = new PartExemption(part, exemption, unsaid, hash, by.Account, time.GetUtcNow());
        if (found.Request.ToRead(found.SearchedAt is not null) is { Count: > 0 } unread)
        {
            return new(found, unread);
        }

        // What parts there are, the readings say: what is marked has been read.
        var look = Reference.New();
        IReadOnlyCollection<string> parts = [];
        await acts.PerformAsync(
            ReadingOf(by, found, look),
            async token =>
            {
                var bundle = await BuildAsync(by, found, look, token);
                parts = [.. bundle.Parts.Select(held => held.Reference)];
                return new ActResult { Count = parts.Count };
            },
            cancellationToken);
        return await rows.ChangeAsync(
            registers.SubjectRequests,
            id,
            row => row.Act("request.exempt", by.Account, by.Role, look[..8]) with { Hash = hash },
            row => marked.ToMark(row.State, parts),
            row => row with { Exemptions = [.. row.Exemptions.Where(other => other.PartReference != part), marked] },
            cancellationToken);
    }

    /// <summary>Somebody read the answer and agrees that it goes out.</summary>
    /// <param name="hash">SHA-256 of what they read.</param>
    public Task<Answer<SubjectRequestRow>> ReleaseAsync(CaseCaller by, string id, string hash, CancellationToken cancellationToken) =>
        rows.ChangeAsync(
        registers.SubjectRequests,
        id,
        row => row.Act("request.release", by.Account, by.Role, Reference.New()[..8]) with { Hash = hash },
        row => BundleReleases.ToRelease(row.Request, row.Releases, hash, by.Account),
        row => row with { Releases = [.. row.Releases, new(hash, by.Account, time.GetUtcNow())] },
        cancellationToken);

    /// <summary>Gives out what two people released, if it is what is held still.</summary>
    public async Task<Answer<ReadBundle>> ExportAsync(CaseCaller by, string id, CancellationToken cancellationToken)
    {
        var given = await PutTogetherAsync(
            by,
            id,
            (row, hash) => row.Request.ToRead(row.SearchedAt is not null) is { Count: > 0 } unread ? unread : hash is null ? []
                : BundleReleases.ToExport(row.Request, row.Releases, hash),
            cancellationToken);
        if (given is { Obstacles.Count: 0, Row: { } bundle })
        {
            var current = await registers.SubjectRequests.GetAsync(id, cancellationToken);
            await acts.PerformAsync(
                current.Row.Act("request.export", by.Account, by.Role, Reference.New()[..8]) with { Hash = bundle.Sha256 },
                token => registers.SubjectRequests.ChangeAsync(current,
                    current.Row with { ExportedAt = time.GetUtcNow(), ExportHash = bundle.Sha256 }, token),
                cancellationToken);
        }

        return given;
    }

    /// <param name="check">What stands in the way; asked before anything is opened with null, and with the hash of what would be
    /// given.</param>
    private async Task<Answer<ReadBundle>> PutTogetherAsync(
        CaseCaller by, string id, Func<SubjectRequestRow, string?, IReadOnlyList<Obstacle>> check, CancellationToken cancellationToken)
    {
        if (await registers.SubjectRequests.FindAsync(id, cancellationToken) is not { Row: var row })
        {
            return new(null, []);
        }

        if (check(row, null) is { Count: > 0 } before)
        {
            return new(null, before);
        }

        var (read, look) = ((ReadBundle?)null, Reference.New());
        await acts.PerformAsync(
            ReadingOf(by, row, look),
            async token =>
            {
                var bundle = (await BuildAsync(by, row, look, token)).Without(row.Exemptions);
                var json = JsonSerializer.SerializeToUtf8Bytes(bundle, Outbox.Json);
                read = new(json, Convert.ToHexStringLower(SHA256.HashData(json)));
                return new ActResult { Count = bundle.Parts.Count, Hash = read.Sha256 };
            },
            cancellationToken);
        if (check(row, read!.Sha256) is { Count: > 0 } obstacles)
        {
            CryptographicOperations.ZeroMemory(read.Json);
            return new(null, obstacles);
        }

        return new(read, []);
    }

    private static LedgerAct ReadingOf(CaseCaller by, SubjectRequestRow row, string look) =>
        row.Act("request.read", by.Account, by.Role, look[..8]) with { Purpose = PersonFinder.Purpose };

    private async Task<SubjectBundle> BuildAsync(CaseCaller by, SubjectRequestRow row, string look, CancellationToken cancellationToken)
    {
        // From the decision on it stays the same, unless what is held changes.
        var until = row.DecidedAt ?? time.GetUtcNow();
        var (day, organisation) = (DateOnly.FromDateTime(until.UtcDateTime), writer.NameOf(row.Authority));
        IReadOnlyList<BundlePart> parts = [.. await records.ReadAsync(by, row, look, cancellationToken),
            .. await history.ReadAsync(row, until, cancellationToken)];
        return new(
            row.Id,
            organisation,
            day,
            [
                $"On {row.ReceivedOn.InWords()} you asked {organisation} what it holds about you. This is the answer, as at {day.InWords()}.",
                parts.Count == 0 ? "Nothing is held about you."
                    : "What is about other people is not in it. Where something is left out, it says why.",
                "You can have what is wrong put right. You can ask for it to be erased, or for its use to be restricted, and you can object to particular uses.",
                "If you are not content with this answer, tell us. You can also complain to the Information Commissioner.",
            ],
            [.. parts.OrderBy(part => part.Section)]);
    }
}
