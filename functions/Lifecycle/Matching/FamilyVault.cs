using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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
public sealed record FamilyExplanation(string Household, IReadOnlyList<string> Lines, IReadOnlyList<string> Doubts)
{
    /// <summary>Other households that are its own: a second home, one it moved from, one that was mistyped.</summary>
    public IReadOnlyList<string> OtherHouseholds { get; init; } = [];

    /// <summary>Why records of those, or of an address that was not understood, are its own; a line each.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The problems that its records show, by their ids.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Problems that came to light after work had begun.</summary>
    public IReadOnlyList<SurfacedNote> Surfaced { get; init; } = [];

    /// <summary>How many problems came to light that its records do not show.</summary>
    [JsonIgnore]
    public int More => Surfaced.Select(note => note.Problem).Except(Problems).Count();
}

/// <summary>Which problem came to light. Personal data.</summary>
/// <param name="Reference">As the case's row has it, with the day and the source.</param>
public sealed record SurfacedNote(string Reference, string Problem, string Title);

/// <summary>Seals and opens what is kept of a family. Whoever opens has asked the gate and is inside an act; the key row counts it.</summary>
/// <remarks>docs/vault-format.md, Records.</remarks>
public sealed class FamilyVault(SealedDocuments documents)
{
    /// <param name="records">Of one family. Their names are in the register already.</param>
    /// <returns>The blobs as they are written, in the order given.</returns>
    public async Task<IReadOnlyList<FamilyBlob>> SealAsync(IReadOnlyList<FamilyRecord> records, CancellationToken cancellationToken) =>
        records.Count == 0 ? [] : Written(records, await documents.SealAsync([.. records.Select(Encode)], cancellationToken));

    /// <summary>Seals a family's records with the explanation why it is one.</summary>
    /// <param name="name">Of the explanation: in the register already.</param>
    public async Task<(IReadOnlyList<FamilyBlob> Records, SealedBlob Explanation)> SealAsync(
        IReadOnlyList<FamilyRecord> records, string name, Id<Party> authority, FamilyExplanation explanation, CancellationToken cancellationToken)
    {
        var written = await documents.SealAsync(
            [.. records.Select(Encode), new(name, authority, JsonSerializer.SerializeToUtf8Bytes(explanation))], cancellationToken);
        return (Written(records, written), new(name, written[^1].Sha256, written[^1].Length));
    }

    /// <summary>Opens records of one family: their keys at once, when the first is read.</summary>
    /// <param name="records">Those that will be read. May grow until then.</param>
    public OpenRecords Open(IReadOnlyList<FamilyBlob> records) => new(documents, records);

    /// <exception cref="SealException">Its key is destroyed, or it is not what was written.</exception>
    public async Task<IReadOnlyList<FamilyRow>> ReadAsync(FamilyBlob blob, CancellationToken cancellationToken)
    {
        using var open = Open([blob]);
        return await open.ReadAsync(blob, cancellationToken);
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

    private static IReadOnlyList<FamilyBlob> Written(IReadOnlyList<FamilyRecord> records, IReadOnlyList<(string Sha256, long Length)> written) =>
        [.. records.Zip(written, (record, blob) => record.Blob with { Blob = new(record.Blob.Blob.Name, blob.Sha256, blob.Length) })];

    private static Document Encode(FamilyRecord of)
    {
        var columns = of.Rows.SelectMany(row => row.Fields.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var (content, record, framed) = (new MemoryStream(), new RecordWriter(), new RecordWriter());
        record.Begin().Field("family"u8).Field(Encoding.UTF8.GetBytes(of.Blob.Dataset)).Field(of.Blob.DatasetVersion);
        foreach (var column in columns)
        {
            record.Field(Encoding.UTF8.GetBytes(column));
        }

        content.Write(framed.Begin().Field(record).Written.Span);
        foreach (var row in of.Rows)
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
        return new(of.Blob.Blob.Name, of.Blob.Originator, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    internal static List<FamilyRow> Decode(ReadOnlySpan<byte> content)
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

/// <summary>A blob that is to be written, and what it will hold. Personal data.</summary>
public sealed record FamilyRecord(FamilyBlob Blob, IReadOnlyList<FamilyRow> Rows);

/// <summary>A family's records whose keys are opened together.</summary>
public sealed class OpenRecords : IDisposable
{
    private readonly OpenDocuments open;

    internal OpenRecords(SealedDocuments documents, IReadOnlyList<FamilyBlob> records) => open = documents.Open(() => [.. records.Select(record => record.Blob.Name)]);

    /// <exception cref="SealException">A key is destroyed, or it is not what was written.</exception>
    public async Task<IReadOnlyList<FamilyRow>> ReadAsync(FamilyBlob blob, CancellationToken cancellationToken)
    {
        var content = await open.ReadAsync(blob.Blob.Name, cancellationToken);
        try
        {
            return FamilyVault.Decode(content);
        }
        finally
        {
            content.AsSpan().Clear();
        }
    }

    public void Dispose() => open.Dispose();
}
