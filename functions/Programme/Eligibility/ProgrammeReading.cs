using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Eligibility;

/// <summary>Sees that what a programme reads is in the datasets, in a form that can be read so.</summary>
internal static class ProgrammeReading
{
    /// <summary>As <see cref="EligibilityProgramme.Name"/> writes it.</summary>
    public static string NameOf(DocumentMap map) => $"{map.TextOrNull("programme")}@{map.WholeOrNull("version") ?? 0}";

    /// <summary>Tells what is not there. Of a dataset that is agreed locally, the fields are those that the programme itself lists.</summary>
    public static DocumentMap Check(DocumentMap map, EligibilityProgramme programme, IReadOnlyDictionary<string, DatasetSpecification> datasets)
    {
        var places = map.Maps("criteria").SelectMany(criterion => criterion.Maps("indicators"));
        foreach (var (indicator, place) in programme.Criteria.SelectMany(criterion => criterion.Indicators).Zip(places))
        {
            // One that the programme does not list is told already.
            if (programme.Datasets.FirstOrDefault(dataset => dataset.Id == indicator.Dataset) is not { } listed)
            {
                continue;
            }

            var specification = datasets.GetValueOrDefault(indicator.Dataset);
            if (specification is null && !listed.Local)
            {
                place.Fault($"there is no dataset '{indicator.Dataset}'", "dataset");
                continue;
            }

            foreach (var field in indicator.Fields.Where(field => specification is null ? !listed.Fields.Contains(field) : field.Length > 0 && specification.Find(field) < 0))
            {
                place.Fault($"indicator '{indicator.Id}' reads '{field}', which is no column of '{indicator.Dataset}'", "dataset");
            }

            foreach (var condition in specification is null ? [] : indicator.Where)
            {
                var at = place.Maps("where").FirstOrDefault(line => (line.TextOrNull("field") ?? line.TextOrNull("age_at")) == condition.Field) ?? place;
                CheckForm(at, condition, specification!.Find(condition.Field) is var index and >= 0 && specification.Columns[index].Validator is var validator && validator != ValidatorParser.Unknown ? validator : null);
            }
        }

        CheckOthers(map.Maps("demand"), programme.Demand.Select(demand => (programme.Datasets.Any(listed => listed.Local && listed.Id == demand.Dataset) ? "" : demand.Dataset, (string[])[demand.Field])), datasets);
        CheckOthers(map.Maps("scores"), programme.Scores.Select(score => (score.Dataset, (string[])[score.Field, score.On])), datasets);
        CheckOthers(
            map.Maps("services"),
            programme.Services.Select(list => (list.Dataset, (string[])[list.Name, list.Until, .. list.Contact])),
            datasets);
        CheckNames(map.Maps("services"), programme.Services, datasets);
        return map;
    }

    /// <summary>What only orders the cohort. What comes about its families identifies nobody, so it is none of the programme's own
    /// datasets.</summary>
    private static void CheckOthers(IEnumerable<DocumentMap> places, IEnumerable<(string Dataset, string[] Fields)> read, IReadOnlyDictionary<string, DatasetSpecification> datasets)
    {
        foreach (var ((dataset, fields), place) in read.Zip(places).Where(pair => pair.First.Dataset.Length > 0))
        {
            if (datasets.GetValueOrDefault(dataset) is not { } specification)
            {
                place.Fault($"there is no dataset '{dataset}'", "dataset");
                continue;
            }

            foreach (var field in fields.Where(field => field.Length > 0 && specification.Find(field) < 0))
            {
                place.Fault($"'{field}' is no column of '{dataset}'", "dataset");
            }
        }
    }

    /// <summary>Where a list's names are codes, those that are services are among them.</summary>
    private static void CheckNames(
        IEnumerable<DocumentMap> places, IEnumerable<ServiceList> lists, IReadOnlyDictionary<string, DatasetSpecification> datasets)
    {
        foreach (var (list, place) in lists.Zip(places))
        {
            if (datasets.GetValueOrDefault(list.Dataset) is { } specification && specification.Find(list.Name) is var column and >= 0
                && specification.Columns[column].Validator is CodeValidator { Codes: var known })
            {
                foreach (var code in list.Only.Except(known))
                {
                    place.Fault($"'only' names '{code}', which '{list.Name}' never holds: it holds one of {string.Join(", ", known)}", "only");
                }
            }
        }
    }

    internal static void CheckForm(DocumentMap at, Condition condition, Validator? holds)
    {
        switch (condition, holds)
        {
            case (CodeCondition { Codes: var codes }, CodeValidator { Codes: var known }):
                foreach (var code in codes.Except(known))
                {
                    at.Fault($"'in' names the code '{code}', which '{condition.Field}' never holds: it holds one of {string.Join(", ", known)}", "in");
                }

                break;
            case (NumberCondition, not (null or WholeNumberValidator)):
                at.Fault($"'{condition.Field}' is read as a number, and it is none", "field");
                break;
            case (DateCondition or TermCondition or AgeCondition, not (null or DateValidator)):
                at.Fault($"'{condition.Field}' is read as a date, and it is none", "field");
                break;
        }
    }
}
