using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Opens what a study was sent, under its agreements: one act an opening.</summary>
public sealed class StudyData(Registers registers, FactsReader facts, PeopleReader people, AgreementCatalogue agreements, AgreementGate gate, Notices notices, Acts acts, TimeProvider time)
{
    /// <summary>The dataset of an authority's submission.</summary>
    public const string Submission = "study-submission";

    /// <summary>How the datasets of departments' returns begin.</summary>
    public const string Return = "return-";

    /// <summary>In a row: the extract and the pseudonym of the home, which no column of a dataset is called.</summary>
    public const string Household = "household";

    /// <summary>Every extract of a dataset that is kept, and may be opened now.</summary>
    public async Task<IReadOnlyList<(Extract Extract, DatasetSpecification Specification, GateDecision Decision)>> FindAsync(
        StudyRound round, Predicate<string> dataset, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        var found = new List<(Extract, DatasetSpecification, GateDecision)>();
        await foreach (var (row, _) in registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.State is ExtractStage.Kept))
        {
            if (agreements.Find($"{row.Agreement}@{row.AgreementVersion}")?.Exchange(row.Exchange) is not { Specification: { } specification } || !dataset(specification.Id))
            {
                continue;
            }

            var decision = gate.Check(new()
            {
                Act = GateAct.Opening,
                Exchange = row.Exchange,
                Agency = round.Study,
                At = time.GetUtcNow(),
                Notices = standing,
                Use = Use.Research,
            });
            if (decision.Allowed)
            {
                found.Add((row, specification, decision));
            }
        }

        return found;
    }

    /// <summary>The rows of an extract: facts, and with <paramref name="names"/> whom they are about.</summary>
    /// <param name="attempt">Each opening is an act of its own.</param>
    public async Task<IReadOnlyCollection<Dictionary<string, string>>> ReadAsync(
        StudyRound round, (Extract Extract, DatasetSpecification Specification, GateDecision Decision) source, bool names, string attempt, CancellationToken cancellationToken)
    {
        var (extract, specification, decision) = source;
        var rows = new Dictionary<long, Dictionary<string, string>>();
        await acts.PerformAsync(
            round.Act("study.open", nameof(StudyRoundOrchestration), more: $"{attempt}.{extract.Id}") with
            {
                Agreement = decision.Agreement,
                AgreementVersion = decision.Version,
                Exchange = extract.Exchange,
                Basis = decision.Basis,
                Purpose = decision.Purpose,
                References = [round.Id, extract.Id],
            },
            async token =>
            {
                var households = new HashSet<HouseholdPseudonym>();
                await facts.ReadAsync(
                    extract.Sealed!.Facts.Name,
                    specification,
                    _ => true,
                    row =>
                    {
                        rows.Add(row.Row, new(row.Fields) { [Household] = $"{extract.Id} {row.Household}" });
                        households.Add(row.Household);
                    },
                    token);
                if (names && households.Count > 0)
                {
                    await people.ReadAsync(
                        extract.Sealed.Persons.Name,
                        specification,
                        households,
                        (row, fields) =>
                        {
                            foreach (var (name, value) in fields)
                            {
                                rows[row][name] = value;
                            }
                        },
                        token);
                }

                return new ActResult { Count = rows.Count };
            },
            cancellationToken);
        return rows.Values;
    }
}
