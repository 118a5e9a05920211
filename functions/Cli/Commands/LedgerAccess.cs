using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>What the ledger's commands work with. Closing it closes the store, where the command opened one.</summary>
/// <param name="PublicKey">The ledger's own key, as this deployment knows it.</param>
/// <param name="Account">Who acts, for the entries that commands write.</param>
/// <param name="Store">Closed with it, or null.</param>
public sealed record LedgerAccess(Ledger Ledger, LedgerPublicKey PublicKey, Acts Acts, string Account, IAsyncDisposable? Store) : IAsyncDisposable
{
    /// <summary>Reads entries as an act: who looks for what stands in the ledger before anything is shown.</summary>
    /// <param name="act"><c>ledger.search</c>, <c>ledger.export</c>.</param>
    /// <param name="show">Given the entries that match and stood before this read: its own are not among them.</param>
    internal async Task<LedgerEntry> ReadAsync(
        string act, string purpose, LedgerFilter wanted, Func<IAsyncEnumerable<LedgerRecord>, CancellationToken, Task<ActResult>> show, CancellationToken cancellationToken)
    {
        var size = (await Ledger.GetHeadAsync(cancellationToken)).Size;
        return await Acts.PerformAsync(
            new()
            {
                ActId = $"{act}-{Guid.NewGuid():n}",
                Act = act,
                Actor = Account,
                Agency = IdOrNothing(wanted.Agency),
                Agreement = IdOrNothing(wanted.Agreement),
                Purpose = purpose,
                References = IdOrNothing(wanted.Reference) is { Length: > 0 } reference ? [reference] : [],
            },
            token => show(Ledger.ReadAsync(0, token).TakeWhile(record => record.Index < size).Where(record => wanted.Matches(record.Entry)), token),
            cancellationToken);
    }

    /// <summary>Reads one thing as an act: who looks stands in the ledger before anything is shown.</summary>
    internal Task<LedgerEntry> PerformAsync(string act, string agency, Func<CancellationToken, Task<ActResult>> read, CancellationToken cancellationToken) =>
        Acts.PerformAsync(new() { ActId = $"{act}-{Guid.NewGuid():n}", Act = act, Actor = Account, Agency = agency }, read, cancellationToken);

    // What somebody looks for may be a name: only what has the form of an id is kept.
    private static string IdOrNothing(string? text) => text is { Length: <= 63 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? text : "";

    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
