using System.Text.Json;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable.Storage;

/// <summary>Heads and turns as table rows. Partition: the instance.</summary>
/// <remarks>Each row key carries the instance id too: Azurite finds a row by its row key first, and a key that every partition has makes it walk them all.
/// Active heads, resting heads and turns have keys of their own letter, so that a host finds what is active in one range.</remarks>
internal static class Rows
{
    public const string ActiveFrom = "a.";
    public const string RestingFrom = "b.";
    public const string HeadsBefore = "c";

    /// <summary>A property holds 64 KiB, UTF-16.</summary>
    private const int ChunkCharacters = 32_000;

    public static string ActiveKey(string instanceId) => ActiveFrom + instanceId;

    public static string RestingKey(string instanceId) => RestingFrom + instanceId;

    public static string HeadKey(Head head) => head.IsAtRest ? RestingKey(head.InstanceId) : ActiveKey(head.InstanceId);

    public static string TurnKey(string instanceId, int turn) => $"t.{instanceId}.{turn:D6}";

    public static TableRow ToRow(Head head)
    {
        var row = new TableRow(head.InstanceId, HeadKey(head))
        {
            ETag = head.ETag,
            ["Name"] = head.Name,
            ["Version"] = head.Version,
            ["ExecutionId"] = head.ExecutionId,
            ["Generation"] = head.Generation,
            ["Status"] = head.Status.ToString(),
            ["CreatedAt"] = head.CreatedAt,
            ["UpdatedAt"] = head.UpdatedAt,
            ["Turns"] = head.Turns,
            ["RowsWritten"] = head.RowsWritten,
            ["Due"] = head.Due,
            ["CommitId"] = head.CommitId,
            ["CustomStatus"] = head.CustomStatus,
            ["Parked"] = head.Parked,
            ["TraceParent"] = head.TraceParent,
            ["Overflowed"] = head.Overflowed ? true : null,
            ["UnderWay"] = head.UnderWay ? true : null,
            ["NextSequence"] = head.NextSequence == 0 ? null : head.NextSequence,
        };
        PutJson(row, "Parent", head.Parent);
        PutJson(row, "Waits", head.Waits.Count == 0 ? null : head.Waits);
        PutJson(row, "Outbox", head.Outbox.Count == 0 ? null : head.Outbox);
        PutJson(row, "Inbox", head.Inbox.Count == 0 ? null : head.Inbox);
        return row;
    }

    /// <exception cref="InvalidDataException">The row is not a head.</exception>
    public static Head ToHead(TableRow row)
    {
        try
        {
            return ReadHead(row);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidCastException)
        {
            throw new InvalidDataException($"Row {row.RowKey} cannot be read.");
        }
    }

    private static Head ReadHead(TableRow row) => new()
    {
        InstanceId = row.PartitionKey,
        ETag = row.ETag,
        Name = row.Get<string>("Name"),
        Version = row.Get<string>("Version"),
        ExecutionId = row.Get<Guid>("ExecutionId"),
        Generation = row.Get<long>("Generation"),
        Status = Enum.Parse<OrchestrationStatus>(row.Get<string>("Status")),
        CreatedAt = row.Get<DateTimeOffset>("CreatedAt"),
        UpdatedAt = row.Get<DateTimeOffset>("UpdatedAt"),
        Turns = row.Get<int>("Turns"),
        RowsWritten = row.Get<int>("RowsWritten"),
        Due = row["Due"] as DateTimeOffset?,
        CommitId = row.Get<Guid>("CommitId"),
        CustomStatus = row.Find<string>("CustomStatus"),
        Parked = row.Find<string>("Parked"),
        TraceParent = row.Find<string>("TraceParent"),
        Overflowed = row.Find<bool>("Overflowed"),
        UnderWay = row.Find<bool>("UnderWay"),
        NextSequence = row.Find<long>("NextSequence"),
        Parent = ReadJson<Origin>(row, "Parent"),
        Waits = ReadJson<IReadOnlyList<Wait>>(row, "Waits") ?? [],
        Outbox = ReadJson<IReadOnlyList<OutgoingEvent>>(row, "Outbox") ?? [],
        Inbox = ReadJson<IReadOnlyList<IncomingMark>>(row, "Inbox") ?? [],
    };

    public static string Serialize(Turn turn) => JsonSerializer.Serialize(turn, OrchestrationJson.Options);

    /// <exception cref="InvalidDataException">The row's text is not a turn.</exception>
    public static Turn ToTurn(TableRow row, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Turn>(json, OrchestrationJson.Options)!;
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"History row {row.RowKey} cannot be read.");
        }
    }

    public static void PutText(TableRow row, string name, string text)
    {
        for (var chunk = 0; chunk * ChunkCharacters < text.Length; chunk++)
        {
            var from = chunk * ChunkCharacters;
            row[name + chunk] = text.Substring(from, Math.Min(ChunkCharacters, text.Length - from));
        }
    }

    public static string? ReadText(TableRow row, string name)
    {
        if (row.Find<string>(name + 1) is null)
        {
            return row.Find<string>(name + 0);
        }

        var text = new System.Text.StringBuilder();
        for (var chunk = 0; row.Find<string>(name + chunk) is { } part; chunk++)
        {
            text.Append(part);
        }

        return text.ToString();
    }

    private static void PutJson(TableRow row, string name, object? value)
    {
        if (value is not null)
        {
            PutText(row, name, JsonSerializer.Serialize(value, OrchestrationJson.Options));
        }
    }

    private static T? ReadJson<T>(TableRow row, string name) =>
        ReadText(row, name) is { } json ? JsonSerializer.Deserialize<T>(json, OrchestrationJson.Options) : default;
}
