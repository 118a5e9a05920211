using System.Globalization;

namespace TfFlow.Programme.Eligibility;

/// <summary>How far something is shown: what is possible may be shown by what is not known yet.</summary>
public enum Met
{
    No,
    Possible,
    Yes,
}

/// <summary>Why more could not be said.</summary>
public enum MissingKind
{
    /// <summary>No extract of the dataset was received under an exchange for identification.</summary>
    NotReceived,

    /// <summary>More of the dataset is expected.</summary>
    Awaited,

    /// <summary>A row leaves a field blank.</summary>
    Blank,

    /// <summary>The age depends on a date of birth that is not opened or not known.</summary>
    DateOfBirth,

    /// <summary>Rows are not linked to persons yet.</summary>
    Person,

    /// <summary>Terms of which nothing is known.</summary>
    Terms,

    /// <summary>The term calendar does not reach back far enough.</summary>
    Calendar,
}

/// <param name="What">The dataset, the field or the term; never a value.</param>
public sealed record Missing(MissingKind Kind, string What);

/// <summary>What a row must show.</summary>
/// <param name="Source">The line that asks for it, or <c>ours</c>.</param>
public abstract record Condition(string Source)
{
    /// <summary>The field it reads; empty for one that reads none.</summary>
    public abstract string Field { get; }

    /// <returns>With <see cref="Met.Possible"/>, what is missing.</returns>
    public abstract (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run);

    protected static (Met, Missing?) Known(bool holds) => (holds ? Met.Yes : Met.No, null);

    protected static (Met, Missing?) Unknown(MissingKind kind, string what) => (Met.Possible, new(kind, what));

    internal static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    internal static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The field is one of these codes.</summary>
public sealed record CodeCondition(string Field, IReadOnlyList<string> Codes, string Source) : Condition(Source)
{
    public override string Field { get; } = Field;

    public override (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run) =>
        fact.Field(Field) is { } code ? Known(Codes.Contains(code)) : Unknown(MissingKind.Blank, Field);
}

/// <summary>The field is a whole number of at least this.</summary>
public sealed record NumberCondition(string Field, long AtLeast, string Source) : Condition(Source)
{
    public override string Field { get; } = Field;

    public override (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run) =>
        Number(fact.Field(Field)) is { } number ? Known(number >= AtLeast) : Unknown(MissingKind.Blank, Field);
}

/// <summary>When a date must lie.</summary>
public enum DateWindow
{
    /// <summary>On or before the day of the run.</summary>
    ByRun,

    /// <summary>On or after the day of the run.</summary>
    FromRun,

    /// <summary>From the same day so many months before the run up to its day, both included.</summary>
    WithinMonths,

    /// <summary>On or after the same day so many months before the run.</summary>
    SinceMonths,

    /// <summary>Before a fixed day.</summary>
    Before,

    /// <summary>On or after a fixed day.</summary>
    From,
}

/// <summary>The field is a date in a window. The field <c>as_at</c> is the day the extract describes.</summary>
/// <param name="Months">For the windows in months.</param>
/// <param name="Day">For the windows about a fixed day.</param>
/// <param name="BlankCounts">A blank is known to mean "not over yet", and holds.</param>
public sealed record DateCondition(string Field, DateWindow Window, int Months, DateOnly Day, bool BlankCounts, string Source) : Condition(Source)
{
    public const string AsAt = "as_at";

    public override string Field { get; } = Field;

    public override (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run)
    {
        var date = Field == AsAt ? fact.Source.AsAt : Date(fact.Field(Field));
        return date is { } day ? Known(Holds(day, run.On))
            : BlankCounts && fact.Field(Field) is null ? Known(true)
            : Unknown(MissingKind.Blank, Field);
    }

    private bool Holds(DateOnly date, DateOnly on) => Window switch
    {
        DateWindow.ByRun => date <= on,
        DateWindow.FromRun => date >= on,
        DateWindow.WithinMonths => date >= on.AddMonths(-Months) && date <= on,
        DateWindow.SinceMonths => date >= on.AddMonths(-Months),
        DateWindow.Before => date < Day,
        _ => date >= Day,
    };
}

/// <summary>The field is the start of one of the last consecutive terms.</summary>
public sealed record TermCondition(string Field, int Terms, string Source) : Condition(Source)
{
    public override string Field { get; } = Field;

    public override (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run)
    {
        var windows = run.Terms.Last(Terms, run.On).ToArray();
        return Date(fact.Field(Field)) is not { } start ? Unknown(MissingKind.Blank, Field)
            : windows.Length == 0 ? Unknown(MissingKind.Calendar, $"{Terms} terms")
            : Known(run.Terms.StartingAt(start) is { } term && windows.Any(window => window.Contains(term)));
    }
}

/// <summary>The person's age on a day.</summary>
/// <param name="At">The field with the day; null: the day of the run.</param>
/// <param name="From">At least so many years; null: no lower bound.</param>
/// <param name="Below">Fewer than so many years; null: no upper bound.</param>
/// <param name="Assured">The dataset's specification already refuses everybody else, so the date of birth is not needed.</param>
public sealed record AgeCondition(string? At, int? From, int? Below, bool Assured, string Source) : Condition(Source)
{
    public override string Field => At ?? "";

    public override (Met Met, Missing? Missing) Check(Fact fact, EligibilityRun run)
    {
        if (Assured)
        {
            return Known(true);
        }

        var day = At is null ? run.On : Date(fact.Field(At));
        return day is null ? Unknown(MissingKind.Blank, At!)
            : fact.Born is not { } born ? Unknown(MissingKind.DateOfBirth, "date of birth")
            : Known((From is null || Age.On(born, day.Value) >= From) && (Below is null || Age.On(born, day.Value) < Below));
    }
}
