using System.Text;
using System.Text.Json;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Envelope;

namespace TfFlow.Lifecycle.Matching;

/// <summary>A row of an extract as a family's blob holds it: identity and facts together. Personal data.</summary>
/// <param name="Member">The reference of the person it is about, as the family's register row lists them; empty for a row about the household.</param>
/// <param name="Fields">By the names of the dataset specification; blank fields are left out.</param>
public sealed record FamilyRow(long Row, string Member, IReadOnlyDictionary<string, string> Fields);

/// <summary>Why a family was found eligible, or what is uncertain. Personal data.</summary>
/// <param name="Household">Its keyed pseudonym.</param>
/// <param name="Lines">A line a finding, for the person who decides.</param>
/// <param name="Doubts">What somebody must decide; empty for a clear case.</param>
public sealed record FamilyExplanation(string Household, IReadOnlyList<string> Lines, IReadOnlyList<string> Doubts);

/// <summary>Seals and opens what is kept of a family. Whoever opens has asked the gate and is inside an act; the key row counts it.</summary>
/// <remarks>docs/vault-format.md, Records.</remarks>
public sealed class FamilyVault(SealedDocuments documents)
{
    /// <param name="blob">Its name is in the register already.</param>
    public async Task<SealedBlob> SealAsync(FamilyBlob blob, IReadOnlyList<FamilyRow> rows, CancellationToken cancellationToken)
    {
        var columns = rows.SelectMany(row => row.Fields.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var (content, record, framed) = (new MemoryStream(), new RecordWriter(), new RecordWriter());
        record.Begin().Field("family"u8).Field(Encoding.UTF8.GetBytes(blob.Dataset)).Field(blob.DatasetVersion);
        foreach (var column in columns)
        {
            record.Field(Encoding.UTF8.GetBytes(column));
        }

        content.Write(framed.Begin().Field(record).Written.Span);
        foreach (var row in rows)
        {
            record.Begin().Field(row.Row).Field(Encoding.ASCII.GetBytes(row.Member));
            foreach (var column in columns)
            {
                record.Field(Encoding.UTF8.GetBytes(row.Fields.GetValueOrDefault(column, "")));
            }

            content.Write(framed.Begin().Field(record).Written.Span);
        }

        record.Clear();
        framed.Clear();
        return await SealAsync(blob.Blob.Name, blob.Originator, content, cancellationToken);
    }

    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task<IReadOnlyList<FamilyRow>> ReadAsync(FamilyBlob blob, CancellationToken cancellationToken)
    {
        var content = await documents.OpenAsync(blob.Blob.Name, cancellationToken);
        try
        {
            return Decode(content.AsSpan());
        }
        finally
        {
            content.AsSpan().Clear();
        }
    }

    /// <param name="name">In the register already.</param>
    public async Task<SealedBlob> SealExplanationAsync(string name, Id<Party> authority, FamilyExplanation explanation, CancellationToken cancellationToken)
    {
        var content = new MemoryStream();
        await JsonSerializer.SerializeAsync(content, explanation, cancellationToken: cancellationToken);
        return await SealAsync(name, authority, content, cancellationToken);
    }

    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task<FamilyExplanation> ReadExplanationAsync(SealedBlob explanation, CancellationToken cancellationToken)
    {
        var content = await documents.OpenAsync(explanation.Name, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<FamilyExplanation>(content)!;
        }
        finally
        {
            content.AsSpan().Clear();
        }
    }

    private async Task<SealedBlob> SealAsync(string name, Id<Party> originator, MemoryStream content, CancellationToken cancellationToken)
    {
        var (sha256, length) = await documents.SealAsync(name, originator, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
        return new(name, sha256, length);
    }

    private static List<FamilyRow> Decode(ReadOnlySpan<byte> content)
    {
        var records = new RecordReader(content);
        var header = new RecordReader(records.Field());
        if (!header.Field().SequenceEqual("family"u8))
        {
            throw new InvalidDataException("The blob is not a family's.");
        }

        header.Field();
        header.Number();
        var columns = new List<string>();
        while (!header.AtEnd)
        {
            columns.Add(Encoding.UTF8.GetString(header.Field()));
        }

        var rows = new List<FamilyRow>();
        while (!records.AtEnd)
        {
            var record = new RecordReader(records.Field());
            var (row, member, fields) = (record.Number(), Encoding.ASCII.GetString(record.Field()), new Dictionary<string, string>(StringComparer.Ordinal));
            foreach (var column in columns)
            {
                if (record.Field() is { Length: > 0 } value)
                {
                    fields.Add(column, Encoding.UTF8.GetString(value));
                }
            }

            rows.Add(new(row, member, fields));
        }

        return rows;
    }
}
