using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Lifecycle.Intake;

/// <param name="Exchange">As the agreement names it: <c>leicestershire-2</c>.</param>
/// <param name="Account">Who asks.</param>
/// <param name="JudgedBy">The account or post of whoever judged that the batch should be shared (seeds/000 §3.4), or null.</param>
/// <param name="Correction">It replaces one accepted before: how often the exchange runs does not stand against it.</param>
/// <param name="Means">A drop, or the other means by which the file came to the authority that takes it in.</param>
/// <param name="Organisation">For which of its organisations the agency submits; empty: for itself.</param>
/// <param name="Corrects">Which extract a correction replaces; empty: the last.</param>
public sealed record GrantApplication(
    Id<Party> Agency,
    Id<Exchange> Exchange,
    string Account,
    string Role,
    string? JudgedBy = null,
    string? JudgementBasis = null,
    bool Correction = false,
    Means Means = Means.SealedDrop,
    string Organisation = "",
    string Corrects = "");

/// <summary>What an agency needs to drop one extract.</summary>
/// <param name="GrantId">Goes into the sealed drop.</param>
/// <param name="UploadUri">One Put Blob of a new block blob; a create-only SAS.</param>
/// <param name="PublicKey">65 bytes, base64: the P-256 point to seal to (docs/drop-format.md).</param>
/// <param name="Sealed">True: only a sealed drop is read. False: the agreement takes a plain CSV here too.</param>
/// <param name="Dataset">The dataset specification it is checked against.</param>
public sealed record UploadPermission(
    string GrantId, Id<Party> Agency, Uri UploadUri, string PublicKey, DateTimeOffset ExpiresAt, bool Sealed, string Dataset, string Agreement, string AgreementVersion)
{
    /// <summary>Of what the agreement's version says (docs/agreements.md): who holds a copy sees that it is the same.</summary>
    public string AgreementSha256 { get; init; } = "";

    /// <summary>Of what the dataset specification says.</summary>
    public string DatasetSha256 { get; init; } = "";
}

/// <param name="Code">Stable.</param>
/// <param name="Words">For the person who asked.</param>
public sealed record Refusal(string Code, string Words);

/// <summary>Issues upload grants: one drop, one address, one key, for hours.</summary>
public sealed class UploadGrants(
    Stores stores, StoreNames names, Registers registers, DropKeys dropKeys, IntakeGate gate, Corrections corrections, UsedDocuments documents, AgreementCatalogue agreements, Acts acts, TimeProvider time)
{
    /// <summary>How long an agency has to put its file.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(4);

    public async Task<(UploadPermission? Permission, Refusal? Refusal)> IssueAsync(GrantApplication application, CancellationToken cancellationToken)
    {
        var decision = await gate.CheckAsync(application, cancellationToken);
        if ((decision.Refusal ?? await corrections.RefusalAsync(application, cancellationToken)) is { } refusal)
        {
            await RecordRefusalAsync(application, decision, refusal, cancellationToken);
            return (null, refusal);
        }

        var agreement = agreements.Find($"{decision.Agreement}@{decision.AgreementVersion}")!;
        await documents.UseAsync(agreement, decision.Specification, cancellationToken);
        await stores.Blobs.CreateContainerAsync(names.Drops(application.Agency), cancellationToken);
        var grant = new UploadGrant
        {
            Id = Reference.New(),
            State = GrantState.Issued,
            Agency = application.Agency,
            Organisation = application.Organisation,
            Agreement = decision.Agreement,
            AgreementVersion = decision.AgreementVersion,
            AgreementSha256 = agreement.Sha256,
            DatasetSha256 = decision.Specification?.Sha256 ?? "",
            Correction = application.Correction,
            Corrects = application.Corrects,
            Means = application.Means,
            Exchange = application.Exchange,
            IssuedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + Lifetime,
            PlainAllowed = decision.PlainAllowed && !(await stores.Blobs.GetCopiesKeptAsync(names.Drops(application.Agency), cancellationToken)).Any,
            JudgedBy = application.JudgedBy,
            JudgementBasis = application.JudgementBasis,
            Account = application.Account,
        };
        UploadPermission? permission = null;
        await acts.PerformAsync(
            grant.Act(ActOf(application.Means), application.Account) with { Role = application.Role, Basis = decision.Basis, Purpose = PurposeOf(decision, application), Hash = agreement.Sha256 },
            async token =>
            {
                permission = await IssueAsync(grant, decision.Dataset, token);
            },
            cancellationToken);
        return (permission, null);
    }

    // Who takes in for another what came by other means is told apart from an agency that drops its own.
    private static string ActOf(Means means) => means.IsDrop() ? "grant.issue" : "grant.take-in";

    private static string PurposeOf(IntakeDecision decision, GrantApplication application) => string.Join(' ', new[]
    {
        decision.Purpose,
        application.JudgedBy is { Length: > 0 } by ? $"That it should be shared was judged by {by}." : "",
        application.Means.IsDrop() ? "" : $"The file came by {Kebab.Of(application.Means)}.",
    }.Where(sentence => sentence.Length > 0));

    private async Task<UploadPermission> IssueAsync(UploadGrant grant, string dataset, CancellationToken cancellationToken)
    {
        // The row first: a key without a row would be an orphan, a row without a key expires.
        await registers.Grants.TryAddAsync(grant, cancellationToken);
        var publicKey = await dropKeys.CreateAsync(grant.Id, grant.Agency, cancellationToken);
        var uri = await stores.Blobs.CreateUploadUriAsync(new(names.Drops(grant.Agency), grant.Id), grant.ExpiresAt, ipRange: null, cancellationToken);
        return new(
            grant.Id,
            grant.Agency,
            uri,
            Convert.ToBase64String(publicKey.Span),
            grant.ExpiresAt,
            !grant.PlainAllowed,
            dataset,
            grant.Agreement,
            grant.AgreementVersion)
        {
            AgreementSha256 = grant.AgreementSha256,
            DatasetSha256 = grant.DatasetSha256,
        };
    }

    /// <summary>What no agreement knows as an exchange is the caller's own text: it is not kept.</summary>
    private Task RecordRefusalAsync(GrantApplication application, IntakeDecision decision, Refusal refusal, CancellationToken cancellationToken) =>
        acts.PerformAsync(
            new()
            {
                ActId = $"{ActOf(application.Means)}.{Reference.New()}",
                Act = ActOf(application.Means),
                Actor = application.Account,
                Role = application.Role,
                Agency = application.Agency,
                Agreement = decision.Agreement,
                AgreementVersion = decision.AgreementVersion,
                Exchange = decision.Agreement.Length > 0 ? application.Exchange : "",
            },
            _ => Task.FromResult(new ActResult { Result = refusal.Code }),
            cancellationToken);
}
