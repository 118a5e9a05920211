using System.Globalization;
using System.Text.RegularExpressions;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Research.Release;

/// <summary>What a released cell may look like; a form that no free text, exact date, postcode or output area fits.</summary>
public abstract partial record ReleaseForm
{
    /// <summary>What the cell becomes; null: it does not fit. A blank stays blank.</summary>
    public string? Apply(string cell) => cell.Length == 0 ? cell : Convert(cell);

    /// <summary>Whether the form by its nature helps to recognise a person or family, so that its column must be a quasi-identifier.</summary>
    public virtual bool IsIdentifying => false;

    /// <summary>What a cell must be, for a message.</summary>
    public abstract string Expected { get; }

    protected abstract string? Convert(string cell);

    private static DateOnly? Date(string cell) =>
        DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static int? Whole(string cell) => int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>One of a closed list of codes.</summary>
    public sealed record Coded(IReadOnlySet<string> Codes) : ReleaseForm
    {
        public override string Expected => "one of the codes listed";

        protected override string? Convert(string cell) => Codes.Contains(cell) ? cell : null;
    }

    /// <summary>Who lives in the household, as one of a closed list of codes.</summary>
    public sealed record Composition(IReadOnlySet<string> Codes) : ReleaseForm
    {
        public override bool IsIdentifying => true;

        public override string Expected => "one of the codes listed";

        protected override string? Convert(string cell) => Codes.Contains(cell) ? cell : null;
    }

    /// <summary>How many live in the household; from <paramref name="Most"/> on written as <c>8+</c>.</summary>
    public sealed record HouseholdSize(int Most) : ReleaseForm
    {
        public override bool IsIdentifying => true;

        public override string Expected => "a whole number";

        protected override string? Convert(string cell) =>
            Whole(cell) is not { } size ? null : size < Most ? size.ToString(CultureInfo.InvariantCulture) : $"{Most}+";
    }

    /// <summary>A date as its month: <c>2014-05</c>.</summary>
    public sealed record Month : ReleaseForm
    {
        public override string Expected => "a date like 2014-05-31";

        protected override string? Convert(string cell) => Date(cell)?.ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    /// <summary>A date as its quarter of the calendar year: <c>2014-Q2</c>.</summary>
    public sealed record Quarter : ReleaseForm
    {
        public override string Expected => "a date like 2014-05-31";

        protected override string? Convert(string cell) => Date(cell) is { } date ? $"{date.Year:D4}-Q{((date.Month - 1) / 3) + 1}" : null;
    }

    /// <summary>A date of birth as a band of ages on a day: <c>10-14</c>.</summary>
    public sealed record AgeBand(int Years, DateOnly On) : ReleaseForm
    {
        public override bool IsIdentifying => true;

        public override string Expected => $"a date of birth like 2004-05-31, not after {On:yyyy-MM-dd}";

        protected override string? Convert(string cell)
        {
            if (Date(cell) is not { } born || born > On)
            {
                return null;
            }

            var age = Age.On(born, On);
            return $"{age / Years * Years}-{(age / Years * Years) + Years - 1}";
        }
    }

    /// <summary>A statistical area no smaller than a lower layer super output area, by its nine-character code.</summary>
    public sealed partial record Area : ReleaseForm
    {
        public override bool IsIdentifying => true;

        public override string Expected => "the code of an LSOA or wider area, like E01012345";

        protected override string? Convert(string cell) => Codes().IsMatch(cell) ? cell : null;

        // 01 LSOA or data zone, 02 MSOA or intermediate zone, 06 to 10 authorities and counties, 11 metropolitan counties, 12 region, 92 country.
        [GeneratedRegex(@"\A[ENSW](?:01|02|06|07|08|09|10|11|12|92)[0-9]{6}\z", RegexOptions.CultureInvariant)]
        private static partial Regex Codes();
    }

    /// <summary>An amount: digits, perhaps a sign and a decimal point.</summary>
    public sealed partial record Measure : ReleaseForm
    {
        public override string Expected => "a number";

        protected override string? Convert(string cell) => Numbers().IsMatch(cell) ? cell : null;

        [GeneratedRegex(@"\A-?[0-9]{1,12}(?:\.[0-9]{1,6})?\z", RegexOptions.CultureInvariant)]
        private static partial Regex Numbers();
    }
}
