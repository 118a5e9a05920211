using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.WebConsole.Serving;

namespace TfFlow.WebConsole.Extracts;

/// <summary>The files that came, and what was found in each.</summary>
internal static class ExtractPages
{
    public static void MapExtracts(this IEndpointRouteBuilder console)
    {
        console.MapGet("/extracts", ListAsync).WithPage(AccessTable.ExtractList);
        console.MapGet("/extracts/{id}", ShowAsync).WithPage(AccessTable.ExtractShow);
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, Registers registers, CancellationToken cancellationToken)
    {
        var extracts = await registers.Extracts.ListAsync(cancellationToken)
            .SeenBy(user, AccessTable.ExtractList, (extract, agency) => extract.Agency == agency)
            .OrderByDescending(extract => extract.ClaimedAt)
            .ToListAsync(cancellationToken);
        return Pages.Show<ExtractsPage>(new
        {
            Extracts = (IReadOnlyList<Extract>)extracts,
            OfOthers = AccessTable.Allows(AccessTable.ExtractList, Caller.From(user).Role, own: false),
        });
    }

    private static async Task<IResult> ShowAsync(string id, ClaimsPrincipal user, Registers registers, Outbox outbox, CancellationToken cancellationToken)
    {
        var caller = Caller.From(user);
        if (!Reference.IsOne(id) || await registers.Extracts.FindAsync(id, cancellationToken) is not { Row: var extract }
            || !AccessTable.Allows(AccessTable.ExtractShow, caller.Role, own: extract.Agency == caller.Agency))
        {
            return Pages.NotFound("There is no such file, or not one that you may see.");
        }

        // The report lies in its agency's outbox: who may not read that sees the figures alone.
        var reads = AccessTable.Allows(AccessTable.OutboxRead, caller.Role, own: extract.Agency == caller.Agency);
        return Pages.Show<ExtractPage>(new
        {
            Extract = extract,
            Report = reads ? await ReportAsync(outbox, extract, cancellationToken) : null,
            Reads = reads,
            Sends = AccessTable.Allows(AccessTable.GrantIssue, caller.Role, own: extract.Agency == caller.Agency),
        });
    }

    private static async Task<IntakeReport?> ReportAsync(Outbox outbox, Extract extract, CancellationToken cancellationToken)
    {
        if (await outbox.FindAsync(extract.Agency, OutboxNames.Report(extract.Id), cancellationToken) is not { } found)
        {
            return null;
        }

        await using var document = found;
        return await JsonSerializer.DeserializeAsync<IntakeReport>(document.Content, Outbox.Json, cancellationToken);
    }
}
