using System.Text.Json;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Governance;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Governance;

/// <summary>Who an account of the authority's own staff is, for those who must reach them. Personal data.</summary>
/// <param name="Name">As others are to know them.</param>
/// <param name="Contact">A telephone number or an address at work.</param>
public sealed record StaffContact(string Name, string Contact);

/// <summary>Registers the name and the contact of an account, with its entry in the register of access, and says them. They are sealed, and
/// erased once the entry stands no more.</summary>
/// <remarks>docs/governance.md, Who is let in. seeds/001 3: First Response is told by whom a family is supported.</remarks>
public sealed class StaffContacts(
    Registers registers, SealedDocuments documents, Erasure erasure, Deployment deployment, MatchingPlan plan, RowActs rows)
{
    private const int Longest = 200;

    /// <summary>Registers them, in place of what was registered before.</summary>
    public async Task<Answer<RegisterRow>> RegisterAsync(
        CaseCaller by, string account, StaffContact contact, CancellationToken cancellationToken)
    {
        if (await EntryAsync(account, cancellationToken) is not { } entry)
        {
            return new(null, [new("an entry of the account in the register of access: 'tfflow access ask'", "seeds/001 Data definitions")]);
        }

        return await rows.PerformAsync(
            registers.Governance,
            entry.Id,
            row => row.Act("register.contact", by.Account, by.Role, Reference.New()[..8]),
            _ => IsSaid(contact.Name) && IsSaid(contact.Contact) ? []
                : [new($"a name and a contact at work, of at most {Longest} characters each", "ours")],
            async (current, token) =>
            {
                // The row first: nothing is erased that a row will name.
                var blob = SealedBlob.Of(current.Row.Id);
                IReadOnlyList<SealedBlob> left = [.. current.Row.Left, .. SealedBlob.IfAny(current.Row.Contact)];
                current = await registers.Governance.ChangeAsync(current, current.Row with { Contact = blob, Left = left }, token);
                await erasure.EraseAsync(current.Row.Id, left, token);
                var (sha256, length) = await documents.SealAsync(
                    blob.Name, deployment.OwnerOr(plan.Authority), JsonSerializer.SerializeToUtf8Bytes(contact, Outbox.Json), token);
                await registers.Governance.ChangeAsync(
                    current, current.Row with { Contact = blob with { Sha256 = sha256, Length = length }, Left = [] }, token);
            },
            cancellationToken);
    }

    /// <summary>Whoever asks is inside an act.</summary>
    /// <returns>Null where nothing is registered of the account.</returns>
    public async Task<StaffContact?> FindAsync(string account, CancellationToken cancellationToken)
    {
        if (await EntryAsync(account, cancellationToken) is not { Contact: { Sha256.Length: > 0 } sealedContact })
        {
            return null;
        }

        var opened = await documents.OpenAsync(sealedContact.Name, cancellationToken);
        var contact = JsonSerializer.Deserialize<StaffContact>(opened, Outbox.Json);
        opened.AsSpan().Clear();
        return contact;
    }

    /// <summary>Erases what is registered with an entry that stands no more. Whoever asks is inside an act.</summary>
    internal async Task EraseAsync(string id, CancellationToken cancellationToken)
    {
        var current = await registers.Governance.GetAsync(id, cancellationToken);
        if (current.Row is { Entry.IsOver: true } row && row.Blobs.Any())
        {
            await erasure.EraseAsync(row.Id, [.. row.Blobs], cancellationToken);
            await registers.Governance.ChangeAsync(current, row with { Contact = null, Left = [] }, cancellationToken);
        }
    }

    /// <summary>The last entry of an account that stands, or will.</summary>
    private async Task<RegisterRow?> EntryAsync(string account, CancellationToken cancellationToken) =>
        await registers.Governance.ListAsync(cancellationToken)
        .Select(row => row.Row)
        .Where(row => row.Entry is { Kind: RegisterKind.Access, IsOver: false })
        .Where(row => row.Entry.Account.Equals(account, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(row => row.Contact is not null)
        .ThenByDescending(row => row.Entry.RecordedAt)
        .FirstOrDefaultAsync(cancellationToken);

    private static bool IsSaid(string text) => text.Trim().Length is > 0 and <= Longest;
}
