using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>
/// The result of a discovery phase, filed with its agreement: how good a source was before its first use. Shares and counts alone.
/// </summary>
public sealed record Discovery : IRegisterRow<DiscoveryState>
{
    public required string Id { get; init; }

    public required DiscoveryState State { get; init; }

    /// <summary>Whose source it is.</summary>
    public required Id<Party> Agency { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    public required QualityProfile Profile { get; init; }

    public required DateTimeOffset FiledAt { get; init; }

    public required string FiledBy { get; init; }

    /// <summary>None: nothing follows by itself.</summary>
    public DateTimeOffset? DueAt => null;

    public LedgerAct Act(string role, string agreementSha256) => new()
    {
        ActId = $"discovery.file.{Id}",
        Act = "discovery.file",
        Actor = FiledBy,
        Role = role,
        Agency = Agency,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id],
        Hash = agreementSha256,
    };
}

/// <summary>Files what was found out about a source before its first use, and finds it again.</summary>
/// <remarks>seeds/001 Data to be shared.</remarks>
public sealed class Discoveries(Registers registers, AgreementCatalogue agreements, Acts acts, TimeProvider time)
{
    /// <summary>Files a profile with the agreement; it takes the place of an earlier one of the same agency and exchange.</summary>
    /// <returns>No row where no agreement has the exchange.</returns>
    public async Task<Answer<Discovery>> FileAsync(
        CaseCaller by, Id<Party> agency, Id<Exchange> exchangeId, QualityProfile profile, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (agreements.WithExchange(exchangeId, today) is not { } agreement || agreement.Exchange(exchangeId) is not { } exchange)
        {
            return new(null, []);
        }

        IReadOnlyList<Obstacle> obstacles = exchange.Specification is not { } specification
            ? [Obstacle.Refusal($"What {exchange.Id} carries is not settled as a dataset: there is nothing to profile.", "ours")]
            : !exchange.From.Contains(agency)
                ? [Obstacle.Refusal($"{exchange.Id} is sent by {string.Join(", ", exchange.From)}, not by {agency}.", "ours")]
                : DiscoveryRules.ToFile(profile, specification, today);
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        var filed = new Discovery
        {
            Id = Reference.New(),
            State = DiscoveryState.Filed,
            Agency = agency,
            Exchange = exchangeId,
            Agreement = agreement.Id,
            AgreementVersion = agreement.Version,
            Profile = profile,
            FiledAt = time.GetUtcNow(),
            FiledBy = by.Account,
        };
        await acts.PerformAsync(
            filed.Act(by.Role, agreement.Sha256),
            async token =>
            {
                await registers.Discoveries.TryAddAsync(filed, token);
                await foreach (var earlier in StandingAsync(agency, exchangeId, token).Where(row => row.Row.Id != filed.Id))
                {
                    await registers.Discoveries.ChangeAsync(earlier, earlier.Row with { State = DiscoveryState.Superseded }, token);
                }
            },
            cancellationToken);
        return new(filed, []);
    }

    /// <returns>The newest of an agency's source; null where none was filed.</returns>
    public async Task<Discovery?> FindAsync(Id<Party> agency, Id<Exchange> exchange, CancellationToken cancellationToken) =>
        await StandingAsync(agency, exchange, cancellationToken)
            .Select(row => row.Row)
            .OrderByDescending(row => row.FiledAt)
            .FirstOrDefaultAsync(cancellationToken);

    private IAsyncEnumerable<Registered<Discovery>> StandingAsync(
        Id<Party> agency, Id<Exchange> exchange, CancellationToken cancellationToken) =>
        registers.Discoveries.ListAsync(cancellationToken)
            .Where(row => row.Row.State is DiscoveryState.Filed && row.Row.Agency == agency && row.Row.Exchange == exchange);
}
