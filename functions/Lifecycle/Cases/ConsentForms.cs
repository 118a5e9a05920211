using System.Security.Cryptography;
using System.Text.Json;
using TfFlow.Vault.Envelope;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Reads a case's signed forms. Whoever does is inside an act.</summary>
internal static class ConsentForms
{
    /// <returns>Who each person is, in their own words, in the order of the forms. Personal data.</returns>
    /// <exception cref="SealException">A form is erased, or it is not what was written.</exception>
    public static async Task<IReadOnlyList<PersonDetails>> ReadFormsAsync(this SealedDocuments documents, Case row, CancellationToken cancellationToken)
    {
        using var open = documents.Open(() => [.. row.Forms.Select(form => form.Blob.Name)]);
        var people = new List<PersonDetails>();
        foreach (var form in row.Forms)
        {
            var content = await open.ReadAsync(form.Blob.Name, cancellationToken);
            people.Add(JsonSerializer.Deserialize<PersonDetails>(content, Outbox.Json)!);
            CryptographicOperations.ZeroMemory(content);
        }

        return people;
    }
}
