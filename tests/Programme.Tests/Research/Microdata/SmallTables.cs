using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

/// <summary>Tables small enough to check by brute force: up to 12 rows, three columns, four values each.</summary>
internal static class SmallTables
{
    public static Arbitrary<string[][]> Rows { get; } =
        Gen.Choose(0, 3).Select(cell => ((char)('a' + cell)).ToString()).ArrayOf(3).ArrayOf().Where(rows => rows.Length is > 0 and <= 12).ToArbitrary();

    public static MicroTable Table(string[][] rows) =>
        MicroTable.Of([.. Enumerable.Range(0, 3).Select(column => MicroColumn.Of($"c{column}", rows.Select(row => row[column])))]);

    /// <summary>a, b, c, d → ab, cd → all.</summary>
    public static Hierarchy Pairs() => Hierarchy("a;ab;*\nb;ab;*\nc;cd;*\nd;cd;*");

    public static Hierarchy Hierarchy(string text) => TfFlow.Programme.Research.Microdata.Hierarchy.Read(Utf8(text), "h.csv", ';');

    public static MemoryStream Utf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    public static void Holds<T>(Arbitrary<T> values, Action<T> check, int times = 300) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(values, check));
}
