using System.Globalization;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;

namespace TfFlow.WebConsole.Serving;

/// <summary>What states and roles are called on pages, and the colour of their tag.</summary>
internal static class Words
{
    public static string Of(Role role) => Kebab.Of(role).Replace('-', ' ');

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A day and a time of day in universal time.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static (string Text, string Colour) Of(ExpectationState state) => state switch
    {
        ExpectationState.Overdue => ("Overdue", "red"),
        ExpectationState.Received => ("Received", "green"),
        _ => ("Expected", "blue"),
    };

    public static (string Text, string Colour) Of(Extract extract) => extract.State switch
    {
        ExtractStage.Kept when extract.RowsRefused > 0 => ("Taken in, rows refused", "yellow"),
        ExtractStage.Kept => ("Taken in", "green"),
        ExtractStage.Refused or ExtractStage.Quarantined => ("Refused", "red"),
        ExtractStage.Erasing or ExtractStage.Erased => ("Erased", "grey"),
        _ => ("Being checked", "blue"),
    };
}
