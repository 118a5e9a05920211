using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Begins the common assessment of a family for its key worker, from what its pack may show now. Nothing of it is kept
/// here.</summary>
/// <remarks>docs/cases.md. seeds/001 3 Final suitability.</remarks>
public sealed class CaseAssessments(
    Registers registers, CaseBook book, CaseReading reading, FamilyVault vault, SealedDocuments documents, Acts acts)
{
    /// <returns>A page to print; null when there is no pack, or support has no basis now.</returns>
    public async Task<string?> WriteAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        if (row.State is not FamilyCaseState.Supported || row.Family.Basis is SupportBasis.None
            || await reading.ReadPackAsync(by, row, cancellationToken) is not { } pack
            || await registers.Families.FindAsync(row.Id, cancellationToken) is not { Row: { Explanation: not null } family })
        {
            return null;
        }

        CommonAssessment? assessment = null;
        await acts.PerformAsync(
            by.Act(row, "case.begin-assessment"),
            async token =>
            {
                var explanation = await vault.ReadExplanationAsync(family.Readable, token);
                var objections = (await registers.ObjectionsOfAsync(row.Id, token)).ByPerson(row.Held);
                var objecting = objections.Where(PeopleLookRules.WorkObjectedTo).Select(objection => objection.Person).ToHashSet();
                var named = row.ByPerson with { Forms = [.. row.ByPerson.Forms.Where(form => !objecting.Contains(form.Person))] };
                var people = await documents.ReadFormsAsync(named, token);
                assessment = new(
                    row.Id,
                    book.Today,
                    [.. people.Select(person => new AssessedPerson($"{person.Forenames} {person.Surname}", person.DateOfBirth, $"{person.Address}, {person.Postcode}"))],
                    [.. explanation.Lines, .. explanation.Surfaced.Select(problem => problem.Title)],
                    [.. pack.Items.Select(item => new AssessedItem(item.Source, item.AsAt, Words(item.Dataset), [.. item.Fields.Select(field => (Words(field.Key), field.Value))]))],
                    pack.Withheld + row.ByPerson.Forms.Count - named.Forms.Count);
                return new ActResult { Count = pack.Items.Count };
            },
            cancellationToken);
        return assessment!.ToHtml();
    }

    private static string Words(string name) => name.Replace('-', ' ').Replace('_', ' ');
}
