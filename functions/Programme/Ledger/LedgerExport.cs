using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TfFlow.Programme.Ledger;

/// <summary>Entries as lines of CSV or JSON, for people and their tools.</summary>
public static class LedgerExport
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string CsvHeader =>
        "index,time,kind,act_id,act,actor,role,agency,agreement,agreement_version,exchange,basis,purpose,references,count,hash,result,leaf_hash";

    public static string ToCsv(long index, LedgerEntry entry, Hash256 leaf) => string.Join(',', ((string[])
    [
        Number(index), Time(entry), Kind(entry), entry.ActId, entry.Act, entry.Actor, entry.Role, entry.Agency, entry.Agreement, entry.AgreementVersion,
        entry.Exchange, entry.Basis, entry.Purpose, string.Join(' ', entry.References), Number(entry.Count), entry.Hash, entry.Result, leaf.ToString(),
    ]).Select(Cell));

    /// <summary>One object on one line; <c>bytes</c> are the canonical bytes in base64, of which the leaf is the hash.</summary>
    public static string ToJson(long index, LedgerEntry entry, ReadOnlySpan<byte> bytes) => new JsonObject
    {
        ["index"] = index,
        ["time"] = Time(entry),
        ["kind"] = Kind(entry),
        ["actId"] = entry.ActId,
        ["act"] = entry.Act,
        ["actor"] = entry.Actor,
        ["role"] = entry.Role,
        ["agency"] = entry.Agency.Text,
        ["agreement"] = entry.Agreement,
        ["agreementVersion"] = entry.AgreementVersion,
        ["exchange"] = entry.Exchange.Text,
        ["basis"] = entry.Basis,
        ["purpose"] = entry.Purpose,
        ["references"] = new JsonArray([.. entry.References.Select(reference => (JsonNode)reference)]),
        ["count"] = entry.Count,
        ["hash"] = entry.Hash,
        ["result"] = entry.Result,
        ["leafHash"] = MerkleTree.HashLeaf(bytes).ToString(),
        ["bytes"] = Convert.ToBase64String(bytes),
    }.ToJsonString(Json);

    private static string Kind(LedgerEntry entry) => entry.Kind == EntryKind.Intent ? "intent" : "outcome";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // To the tick: the time is part of what is hashed.
    private static string Time(LedgerEntry entry) => entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    // A spreadsheet runs what begins like a formula.
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
