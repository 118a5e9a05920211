using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Intake;

namespace TfFlow.Cli.Drops;

/// <summary>Carries an authority's submission to a study: a grant there, the file sealed to it here, its drop there, the receipt here. It carries ciphertext alone.</summary>
internal static class StudySubmitter
{
    /// <exception cref="CommandException">One of the two refused, or what arrived is not what was sealed.</exception>
    public static async Task<SubmissionView> SubmitAsync(
        ApiClient own,
        ApiClient study,
        string authority,
        string organisation,
        string exchange,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? without = null)
    {
        var grant = await study.PostAsync<UploadPermission>($"/agencies/{authority}/grants", new GrantRequest(exchange), cancellationToken);
        var submission = await own.PostAsync<SubmissionView>(
            "/study-submissions", new SubmissionRequest(authority, exchange, organisation, grant.GrantId, grant.PublicKey, without), cancellationToken);
        using var file = new MemoryStream(await own.GetBytesAsync($"/agencies/{authority}/outbox/{submission.File}", cancellationToken));
        await UploadClient.PutAsync(grant.UploadUri, file, cancellationToken);
        var extract = await new DropSender(study, authority).WaitAsync(grant.GrantId, cancellationToken);
        return extract.RefusalCode.Length > 0
            ? throw new CommandException(ExitCode.Refused, $"The study refused the submission: {extract.RefusalCode}. Its report is in your outbox there.")
            : await own.PostAsync<SubmissionView>($"/study-submissions/{submission.Id}/receipt", new SubmissionReceipt(extract.Id, extract.DropSha256), cancellationToken);
    }
}
