using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable.Storage;

/// <summary>Where virtual time stands: written before time moves, so that a restart never goes back.</summary>
internal sealed class ClockStore(ITableStore tables, string prefix, Patience patience)
{
    private const string Key = "clock";
    private readonly string table = prefix + "host";

    public async Task<DateTimeOffset?> ReadAsync(CancellationToken cancellationToken)
    {
        await patience.TryAsync(() => tables.CreateTableAsync(table, cancellationToken), cancellationToken);
        var row = await patience.TryAsync(_ => tables.GetAsync(table, Key, Key, cancellationToken), cancellationToken);
        return row?.Get<DateTimeOffset>("Now");
    }

    public Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken) => patience.TryAsync(
        () => tables.SubmitAsync(table, TableWrite.Upsert(new TableRow(Key, Key) { ["Now"] = now }), cancellationToken),
        cancellationToken);
}
