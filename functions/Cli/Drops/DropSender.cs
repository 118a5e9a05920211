using System.Security.Cryptography;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle.Intake;
using TfFlow.Vault.Sealing;

namespace TfFlow.Cli.Drops;

/// <param name="Moving">Its position says how far the step is; null for a step without measure.</param>
internal sealed record DropStep(string Words, Stream? Moving = null);

/// <summary>Drops one file as an agency does, or as an authority does for one whose file came by other means: asks for a grant, seals to its key, puts it once, and waits for what becomes of it.</summary>
internal sealed class DropSender(ApiClient api, string agency)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <returns>The extract once its intake has ended.</returns>
    /// <exception cref="CommandException">The grant was refused, or what arrived is not what was sent.</exception>
    public async Task<ExtractView> SendAsync(GrantRequest request, Stream content, bool plain, IProgress<DropStep>? progress, CancellationToken cancellationToken)
    {
        var grant = await GrantAsync(request, plain, cancellationToken);
        var sha256 = await PutAsync(grant, content, plain, progress, cancellationToken);
        progress?.Report(new("Dropped. Waiting for its intake…"));
        var extract = await WaitAsync(grant.GrantId, cancellationToken);
        return extract.DropSha256.Length == 0 || extract.DropSha256 == sha256
            ? extract
            : throw new CommandException(ExitCode.Refused, $"What arrived as {extract.Id} is not the file that was sent. Report this to the authority; then ask for a new grant.");
    }

    /// <summary>Asks for a grant and puts the file, and does not wait.</summary>
    public async Task<UploadPermission> PutAsync(GrantRequest request, Stream content, bool plain, CancellationToken cancellationToken)
    {
        var grant = await GrantAsync(request, plain, cancellationToken);
        await PutAsync(grant, content, plain, progress: null, cancellationToken);
        return grant;
    }

    public async Task<ExtractView> WaitAsync(string grantId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var grant = await api.GetAsync<GrantView>($"/agencies/{agency}/grants/{grantId}", cancellationToken);
            if (grant is { State: "Closed", ExtractId: { } id } && await api.GetAsync<ExtractView>($"/extracts/{id}", cancellationToken) is { State: not ("Sealed" or "Refused") } extract)
            {
                return extract;
            }

            if (grant.State is "Expired")
            {
                throw new CommandException(ExitCode.Refused, "The grant expired before the file arrived. Ask again.");
            }

            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }
    }

    private async Task<UploadPermission> GrantAsync(GrantRequest request, bool plain, CancellationToken cancellationToken)
    {
        var grant = await api.PostAsync<UploadPermission>($"/agencies/{agency}/{(request.Means is null ? "grants" : "files")}", request, cancellationToken);
        return plain && grant.Sealed
            ? throw new CommandException(ExitCode.Refused, "The agreement takes only sealed drops here, or the account keeps copies. Leave out --plain.")
            : grant;
    }

    private static async Task<string> PutAsync(
        UploadPermission grant, Stream content, bool plain, IProgress<DropStep>? progress, CancellationToken cancellationToken)
    {
        if (plain)
        {
            progress?.Report(new("Putting the file…", content));
            return await PutAsync(grant.UploadUri, content, cancellationToken);
        }

        progress?.Report(new("Sealing to the grant's key…", content));
        await using var ciphertext = new FileStream(
            Path.Combine(Path.GetTempPath(), $"{grant.GrantId}.drop"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var seal = await DropSealer.BeginAsync(ciphertext, Convert.FromBase64String(grant.PublicKey), grant.GrantId, grant.Agency, cancellationToken))
        {
            await content.CopyToAsync(seal, 256 * 1024, cancellationToken);
            await seal.CompleteAsync(cancellationToken);
        }

        progress?.Report(new($"Putting {ciphertext.Length:N0} sealed bytes…", ciphertext));
        return await PutAsync(grant.UploadUri, ciphertext, cancellationToken);
    }

    /// <summary>Whether a reply was lost does not matter: what arrived is known by its hash.</summary>
    private static async Task<string> PutAsync(Uri address, Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        content.Position = 0;
        await UploadClient.PutAsync(address, content, cancellationToken);
        return sha256;
    }
}
