using System.Globalization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Rights;

namespace TfFlow.Lifecycle.Rights;

/// <summary>How the answer to a person names organisations, columns, uses and days.</summary>
public sealed class BundleWriter(AgreementCatalogue agreements)
{
    /// <summary>An organisation by its name; by its id where no agreement knows it.</summary>
    public string NameOf(string party) =>
        agreements.Versions.Select(version => version.Party(party)?.Name).LastOrDefault(name => name is not null) ?? party;

    internal static BundleField Field(string name, DateOnly? day) => new(name, day?.InWords() ?? "");

    internal static BundleField Field(string name, DateTimeOffset? at) =>
        new(name, at is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime).InWords() : "");

    /// <summary>"to find families" of a use, and so on.</summary>
    private static string For(Use use) => use switch
    {
        Use.Identification => "to find families that the programme is for",
        Use.Baseline => "to measure progress",
        Use.KeyWorker => "for the family's key worker",
        Use.Management => "to manage support",
        Use.Research => "for research",
        _ => "for a computer's estimate, which decides nothing by itself",
    };

    /// <summary>Where a record comes from and what for, in sentences.</summary>
    public IReadOnlyList<string> Origin(Id<Party> agency, Id<Exchange> exchange, string agreement, IReadOnlyList<Use> uses, DateOnly on) =>
    [
        $"{NameOf(agency)} sent this on {on.InWords()} under {agreements.Find(agreement)?.Title ?? agreement} (exchange {exchange}).",
        $"It is used {string.Join(", ", uses.Select(For))}.",
    ];

    /// <summary>A record field by field, in the order of its dataset; blank fields are left out.</summary>
    /// <param name="specification">Null: fields go by their own names.</param>
    /// <param name="others">Who is taken out of what is no identity of the person's own; null: nobody else is known.</param>
    internal static IReadOnlyList<BundleField> Record(DatasetSpecification? specification, IReadOnlyDictionary<string, string> fields,
        OtherPeople? others)
    {
        var columns = specification?.Columns.Index()
            .ToDictionary(column => column.Item.Name, column => (column.Index, column.Item), StringComparer.Ordinal) ?? [];
        return
        [
            .. fields.Select(field => (field.Key, field.Value, Column: columns.TryGetValue(field.Key, out var column) ? column
                : (Index: int.MaxValue, Item: null)))
                .OrderBy(field => field.Column.Index)
                .Select(field => new BundleField(
                    field.Column.Item?.Header ?? field.Key.Replace('_', ' '),
                    IsOwn(field.Key) || others is null ? field.Value : others.Redact(field.Value))),
        ];
    }

    private static bool IsOwn(string column) =>
        column is IdentityColumns.Surname or IdentityColumns.Forenames or IdentityColumns.DateOfBirth or IdentityColumns.Address or IdentityColumns.Postcode or IdentityColumns.Sex;

    internal static string Words<T>(T value)
        where T : struct, Enum => Kebab.Of(value).Replace('-', ' ');

    internal static string Records(int count) => count == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{count} records");
}
