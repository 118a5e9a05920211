using System.Reflection;
using System.Text.Json.Serialization;
using TfFlow.Programme;

namespace TfFlow.Lifecycle.Tests.Durable;

/// <summary>What may enter an orchestration's history (law 1): records of references, counts, hashes, states and dates of events.</summary>
/// <remarks>Types are allowed, not refused: whatever is not listed does not pass. A text passes only by the name of its property, because no type says that
/// it holds a reference; a date or number does not pass under a name that speaks of a person.</remarks>
public static class HistoryRules
{
    private static readonly HashSet<Type> Leaves =
    [
        typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan),
    ];

    /// <summary>Last words of names under which a text is a reference or a state, each with what it holds.</summary>
    private static readonly Dictionary<string, string> TextNames = new(StringComparer.Ordinal)
    {
        ["Id"] = "a random reference",
        ["Ids"] = "random references",
        ["Reference"] = "a random reference",
        ["References"] = "random references",
        ["Extracts"] = "ids of extracts",
        ["Intakes"] = "ids of extracts",
        ["Grants"] = "ids of upload grants",
        ["Hash"] = "a digest of ciphertext or of references",
        ["Sha256"] = "a digest of ciphertext or of references",
        ["ETag"] = "a store's version of a row or blob",
        ["Code"] = "a stable rule code",
        ["State"] = "a state of a transition table",
        ["Stage"] = "a state of a transition table",
        ["Agreement"] = "an agreement's reference",
        ["Exchange"] = "an exchange's reference in its agreement",
        ["Agency"] = "an agency's reference",
        ["Version"] = "a version",
        ["For"] = "what an orchestration waits for, in words of the source itself: HistoryTypesTest sees to it",
    };

    private static readonly string[] PersonalNames =
        ["Birth", "Death", "Age", "Upn", "Nhs", "Nino", "Uprn", "Postcode", "Phone", "Forename", "Surname", "Latitude", "Longitude", "Easting", "Northing"];

    /// <returns>What is wrong, by its path; empty when the type may enter history.</returns>
    public static IReadOnlyList<string> Refuse(Type type) => [.. Refuse(type, type.Name, [], [])];

    /// <summary>As for history, with further names of texts that a register may hold.</summary>
    public static IReadOnlyList<string> RefuseRow(Type type, IReadOnlyCollection<string> texts) => [.. Refuse(type, type.Name, [], texts)];

    private static IEnumerable<string> Refuse(Type type, string path, HashSet<Type> above, IReadOnlyCollection<string> texts)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = path.Split('.', '[')[^1];
        if (Leaves.Contains(type) || type.IsEnum || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>)))
        {
            return PersonalNames.Where(personal => name.Replace("Agency", "", StringComparison.Ordinal).Contains(personal, StringComparison.Ordinal)).Select(personal => $"{path}: a {type.Name} called …{personal}… may be of a person");
        }

        if (type == typeof(string))
        {
            return TextNames.Keys.Concat(texts).Any(last => name.EndsWith(last, StringComparison.Ordinal)) ? [] : [$"{path}: a text whose name does not say that it is a reference"];
        }

        if (ElementOf(type) is { } element)
        {
            return Refuse(element, path, above, texts);
        }

        if (type.Namespace?.StartsWith("TfFlow", StringComparison.Ordinal) != true || type.IsAbstract)
        {
            return [$"{path}: {type.Name} is not on the list of types"];
        }

        return above.Add(type)
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .SelectMany(property => Refuse(property.PropertyType, $"{path}.{property.Name}", above, texts))
            : [];
    }

    private static Type? ElementOf(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var definition && (definition == typeof(IReadOnlyList<>) || definition == typeof(List<>) || definition == typeof(IReadOnlySet<>))
            ? type.GetGenericArguments()[0]
            : null;
}
