using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Retention;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Writes the certificate of an erasure.</summary>
internal static class Certificates
{
    /// <param name="dueAt">Null when it was erased before it was due.</param>
    /// <param name="approvedBy">Null for the rule itself.</param>
    public static ErasureCertificate Of(
        string actId, string reference, IEnumerable<SealedBlob> blobs, long records, string rule, DateTimeOffset? dueAt, DateTimeOffset erasedAt, string? approvedBy = null) => new(
        actId,
        reference,
        [.. blobs.Select(blob => new ErasedBlob(blob.Name, blob.Sha256, blob.Length))],
        records,
        Agreement: "",
        AgreementVersion: "",
        Exchange: "",
        rule,
        dueAt ?? erasedAt,
        erasedAt,
        ErasureCertificate.KeyDestroyed,
        ErasureCertificate.NoReadableResidue,
        approvedBy ?? "the retention rule");
}
