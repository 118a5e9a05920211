using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>What is reported of a breach.</summary>
/// <param name="Exchange">The exchange whose information it is about, as the agreement names it.</param>
/// <param name="Provider">The party that provided the information.</param>
/// <param name="AwareAt">When somebody knew of it; null: now.</param>
/// <param name="ReportHash">SHA-256 of the report, lower-case hex; empty for none.</param>
/// <param name="ThirdParty">It was done by a third party that had received the information.</param>
public sealed record BreachReport(Id<Exchange> Exchange, Id<Party> Provider, BreachKind Kind, bool Serious, DateTimeOffset? AwareAt, string ReportHash, bool ThirdParty = false);

/// <summary>What people do about breaches; the provider, the authority and the parties are told by the orchestration.</summary>
/// <remarks>seeds/002 §12. docs/cases.md.</remarks>
public sealed class Breaches(Registers registers, AgreementCatalogue agreements, AgreementGate gate, Notices notices, RowActs rows, TimeProvider time)
{
    /// <summary>Records a breach.</summary>
    /// <param name="party">The party that reports it.</param>
    public async Task<Answer<BreachRow>> RecordAsync(CaseCaller by, Id<Party> party, BreachReport report, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var decision = gate.Check(new()
        {
            Act = GateAct.BreachNotice,
            Exchange = report.Exchange,
            Agency = party,
            At = now,
            Notices = await notices.StandingAsync(cancellationToken),
        });
        if (!decision.Allowed)
        {
            return new(null, [Obstacle.Refusal(decision.Words, decision.Code)]);
        }

        var breach = new Breach { State = BreachState.Recorded, Kind = report.Kind, Serious = report.Serious, ThirdParty = report.ThirdParty, AwareAt = report.AwareAt ?? now };
        var isParty = agreements.Versions.Any(version => version.Id == decision.Agreement && version.Party(party) is not null);
        var isProvider = agreements.Versions.Any(version => version.Exchange(report.Exchange)?.From.Contains(report.Provider) == true);
        IReadOnlyList<Obstacle> obstacles =
        [
            .. isParty ? Array.Empty<Obstacle>() : [new($"a party of {decision.Agreement} that reports it", "seeds/002 §12")],
            .. isProvider ? Array.Empty<Obstacle>() : [new($"the partner that provided the information, one that sends {report.Exchange}", "seeds/002 §12")],
            .. breach.ToBegin(now),
            .. PaperMissing(report.ReportHash),
        ];
        var row = new BreachRow
        {
            Id = Reference.New(),
            Breach = breach,
            Agreement = decision.Agreement,
            AgreementVersion = decision.Version,
            Exchange = report.Exchange,
            By = party,
            Provider = report.Provider,
            RecordedAt = now,
            ReportHash = report.ReportHash,
        };
        return await rows.AddAsync(registers.Breaches, row, row.Act("breach.record", by.Account, by.Role) with { Hash = report.ReportHash }, obstacles, cancellationToken);
    }

    /// <summary>Records a step that people took.</summary>
    /// <param name="hash">SHA-256 of the paper it rests on, lower-case hex; empty for none.</param>
    /// <param name="staffResponsible">What an investigation found; of no meaning for other steps.</param>
    public Task<Answer<BreachRow>> RecordStepAsync(CaseCaller by, string id, BreachStep step, string hash, bool staffResponsible, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return rows.ChangeAsync(
            registers.Breaches,
            id,
            row => row.Act(BreachRow.ActOf(step), by.Account, by.Role) with { Hash = hash },
            row => [.. row.Breach.ToRecord(step, now), .. PaperMissing(hash)],
            row => row with
            {
                Breach = row.Breach.Record(step, now, staffResponsible),
                Papers = [.. row.Papers, new(step, hash, by.Account)],

                // Its deadline may be past already: what is overdue is told again, with it.
                EscalatedAt = step is BreachStep.FoundSerious ? null : row.EscalatedAt,
            },
            cancellationToken);
    }

    private static IEnumerable<Obstacle> PaperMissing(string hash) => hash.Length > 0 ? [] : [new("the paper it rests on, by its SHA-256", "ours")];
}
