using TfFlow.Api.Access;
using TfFlow.Lifecycle;

namespace TfFlow.WebConsole.Serving;

/// <summary>The parts of the console in the order of its menu.</summary>
internal static class Sections
{
    /// <returns>Those whose first page the caller may open, and the deployment has.</returns>
    public static IReadOnlyList<(string Address, string Words)> Of(Caller caller, Deployment deployment) =>
    [
        .. All(caller)
            .Where(section => AccessTable.Knows(section.Access, caller.Role) && AccessTable.ServedBy.GetValueOrDefault(section.Access, deployment.Kind) == deployment.Kind)
            .Select(section => (section.Address, section.Words)),
    ];

    private static IEnumerable<(string Access, string Address, string Words)> All(Caller caller)
    {
        yield return (AccessTable.CalendarList, "/console/calendar", "Expected files");
        yield return (AccessTable.ExtractList, "/console/extracts", "Files sent");
        yield return (AccessTable.QuestionList, "/console/questions", "Questions");
        if (caller.Agency.Length > 0)
        {
            yield return (AccessTable.OutboxList, $"/console/agencies/{caller.Agency}/outbox", "Outbox");
        }
    }
}
