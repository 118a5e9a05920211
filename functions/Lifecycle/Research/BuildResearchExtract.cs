using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Release;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research;

/// <summary>Builds an approved extract from the cases and what may be read for evaluation, checks it, and seals it until two people have looked.</summary>
/// <remarks>seeds/001 National Evaluation. Named anew under a key that exists for this release alone and is forgotten.</remarks>
public sealed class BuildResearchExtract(Registers registers, CaseOpenings openings, SealedDocuments documents, Erasure erasure, Acts acts, TimeProvider time)
{
    /// <returns>False when it cannot be made safe, or is not to be built.</returns>
    public async Task<bool> RunAsync(ResearchReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Research.GetAsync(input.RequestId, cancellationToken);
        if (current.Row.State is not ResearchExtractState.Approved)
        {
            return false;
        }

        var outcome = await acts.PerformAsync(
            current.Row.Act("research.build", nameof(ResearchExtractOrchestration)), token => BuildAsync(current, token), cancellationToken);
        return outcome.Result == ActResult.Done.Result;
    }

    private async Task<ActResult> BuildAsync(Registered<ResearchRequest> current, CancellationToken cancellationToken)
    {
        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        var name = SealedBlob.Of(current.Row.Id).Name;
        IReadOnlyList<SealedBlob> left = [.. current.Row.Left, .. SealedBlob.IfAny(current.Row.Draft)];
        current = await registers.Research.ChangeAsync(current, current.Row with { Draft = new(name), Left = left }, cancellationToken);
        await erasure.EraseAsync(current.Row.Id, left, cancellationToken);
        var families = await ReadAsync(current.Row, name, cancellationToken);
        MicrodataRelease release;
        ProtectedTable counts;
        try
        {
            release = Prepare(current.Row, families);
            counts = EvaluationRelease.Counts(families);
            if (counts.Exposed.Count > 0)
            {
                throw new ResearchDataException("There are counts that nothing hides.");
            }
        }
        catch (ResearchDataException)
        {
            await erasure.EraseAsync(current.Row.Id, [current.Row.Draft!], cancellationToken);
            await registers.Research.ChangeAsync(
                current, current.Row with { State = ResearchExtractState.Refused, Draft = null, Left = [], RefusalCode = "research.not-safe" }, cancellationToken);
            return new ActResult { Result = "research.not-safe" };
        }

        var draft = Write(current.Row, release, counts);
        var (sha256, length) = await documents.SealAsync(name, current.Row.Authority, JsonSerializer.SerializeToUtf8Bytes(draft, Outbox.Json), cancellationToken);
        await registers.Research.ChangeAsync(
            current,
            current.Row with { State = ResearchExtractState.Built, BuiltAt = time.GetUtcNow(), Draft = new(name, sha256, length), Left = [], Records = release.Table.Rows },
            cancellationToken);
        return new ActResult { Count = release.Table.Rows, Hash = sha256 };
    }

    /// <summary>A line a family that has a case: from the registers, and from what came for baseline and evaluation.</summary>
    private async Task<List<FamilyProgress>> ReadAsync(ResearchRequest request, string attempt, CancellationToken cancellationToken)
    {
        var families = new List<FamilyProgress>();
        foreach (var (row, _) in await registers.Cases.ListAsync(cancellationToken).Where(found => found.Row.Authority == request.Authority && found.Row.State < FamilyCaseState.Erasing).ToListAsync(cancellationToken))
        {
            var family = (await registers.Families.GetAsync(row.Id, cancellationToken)).Row;
            if (family.State is not CohortState.InCohort)
            {
                continue;
            }

            var (items, _) = await openings.ReadAsync(
                row, record => record.Uses.Contains(Use.Baseline) ? Use.Baseline : null, $"research.open.{request.Id}.{attempt[..8]}.{row.Id}", nameof(ResearchExtractOrchestration), "", cancellationToken);
            var born = items.Select(item => item.Fields.GetValueOrDefault("date_of_birth")).Select(Date).Max();
            families.Add(new(row.Id, new HeldReferences(family.Members, row.Pairs).People.Count, born, DateOnly.FromDateTime(family.FoundAt.UtcDateTime), family.Problems, row.State));
        }

        return families;
    }

    private MicrodataRelease Prepare(ResearchRequest request, List<FamilyProgress> families)
    {
        if (families.Count == 0)
        {
            throw new ResearchDataException("There is no family to tell of.");
        }

        var (key, seed) = (RandomNumberGenerator.GetBytes(ReleasePseudonyms.KeyBytes), RandomNumberGenerator.GetBytes(RowShuffle.SeedBytes));
        try
        {
            var specification = EvaluationRelease.Specification(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
            var release = MicrodataRelease.Prepare(
                EvaluationRelease.Table(families), specification, EvaluationRelease.Hierarchies(families), new ReleasePseudonyms(key, request.Id, request.Recipient), seed);
            return release.Table.Rows > 0 ? release : throw new ResearchDataException("Every record would have to be left out.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private ResearchDraft Write(ResearchRequest request, MicrodataRelease release, ProtectedTable counts)
    {
        const string About = "Families with a case: household size, where the case stands";
        using var csv = new MemoryStream();
        release.WriteCsv(csv);
        return new(
            Encoding.UTF8.GetString(csv.ToArray()),
            CountLines.Write(counts),
            new SdcRecord
            {
                Release = request.Id,
                Recipient = request.Recipient,
                Requester = request.RequestedBy,
                PreparedAt = time.GetUtcNow(),
                Tool = "TfFlow",
                Configuration = $"{EvaluationRelease.Name} {EvaluationRelease.Version}",
                Risk = release.Risk,
                Rules =
                [
                    .. release.Rules(),
                    new SdcRule("small counts", $"from 1 to {EvaluationRelease.Rules.SmallestHidden} suppressed, the others rounded", $"{counts.Primary.Count} and {counts.Secondary.Count} more suppressed", counts.Exposed.Count == 0),
                ],
                Review = ReleaseReview.Check(
                    [
                        new ReleaseFile { Name = $"{EvaluationRelease.Name}.csv", Context = About + ", age of the youngest, quarter found, problems shown; a record a family." },
                        new ReleaseFile { Name = $"{EvaluationRelease.Name}-counts.csv", Context = About + "; a count of families.", Counts = [.. counts.Source.Cells.Select(cell => counts[cell])] },
                    ],
                    EvaluationRelease.Rules),
            });
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
