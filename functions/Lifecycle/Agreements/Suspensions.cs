using System.Text.Json.Serialization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>A partner's suspension of an agreement, as its register has it.</summary>
/// <param name="Agreement">The agreement's id: it holds for all its versions.</param>
/// <param name="By">The party that gave it.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence, lower-case hex: the evidence itself may name people.</param>
public sealed record SuspensionRow(
    string Id, SuspensionState State, string Agreement, string By, DateTimeOffset GivenAt, string EvidenceHash, DateTimeOffset? LiftedAt = null) : IRegisterRow<SuspensionState>
{
    /// <summary>Its last day needs nobody: the notice lapses by itself.</summary>
    public DateTimeOffset? DueAt => null;

    [JsonIgnore]
    public AgreementNotice Notice => AgreementNotice.Suspend(Agreement, By, GivenAt) is var notice && LiftedAt is { } lifted ? notice with { Until = lifted } : notice;
}

/// <summary>What stands against agreements: the gate is asked with it.</summary>
public sealed class Notices(Registers registers, AgreementCatalogue agreements, Acts acts, TimeProvider time)
{
    public async Task<IReadOnlyList<AgreementNotice>> StandingAsync(CancellationToken cancellationToken) =>
        await registers.Suspensions.ListAsync(cancellationToken).Select(row => row.Row.Notice).ToListAsync(cancellationToken);

    /// <summary>Suspends an agreement at once, for 45 days.</summary>
    /// <remarks>seeds/002 §15.</remarks>
    /// <returns>Empty when it is in force.</returns>
    public async Task<IReadOnlyList<Obstacle>> SuspendAsync(
        string agreement, string by, string evidenceHash, bool inWriting, bool seriousBreach, string account, string role, CancellationToken cancellationToken)
    {
        var suspension = new Suspension(SuspensionState.InForce, by, time.GetUtcNow(), inWriting, seriousBreach, evidenceHash, null, []);
        var isParty = agreements.Versions.Any(version => version.Id == agreement && version.Party(by) is not null);
        var obstacles = isParty ? suspension.ToBegin() : [new Obstacle("a party of the agreement that suspends it", "seeds/002 §15")];
        if (obstacles.Count > 0)
        {
            return obstacles;
        }

        var row = new SuspensionRow(Reference.New(), SuspensionState.InForce, agreement, by, suspension.GivenAt, evidenceHash);
        await acts.PerformAsync(
            new()
            {
                ActId = $"agreement.suspend.{row.Id}",
                Act = "agreement.suspend",
                Actor = account,
                Role = role,
                Agency = by,
                Agreement = agreement,
                Hash = evidenceHash,
                References = [row.Id],
            },
            async token =>
            {
                await registers.Suspensions.TryAddAsync(row, token);
                return ActResult.Done;
            },
            cancellationToken);
        return [];
    }
}
