using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Keys;

namespace TfFlow.Scenarios.Cases;

/// <remarks>What the police send of a family while it is supported.</remarks>
public partial class CaseWorld
{
    /// <summary>As matching leaves it: the household's token leads to the family.</summary>
    internal async Task IndexAsync(Family family, string address, string postcode)
    {
        using var hand = WriteWatch.ByHand();
        var services = Host.Services;
        var secret = await services.GetRequiredService<IKeyRing>().GetSecretAsync(HouseholdSecrets.Internal, World.Patience);
        using var tokens = await services.GetRequiredService<HouseholdIndex>().OpenAsync(World.Patience);
        await services.GetRequiredService<HouseholdIndex>().ClaimAsync(
            family.Programme, [tokens.Of(family.Programme, Pseudonym(secret, address, postcode))], family.Id, new HashSet<ulong>(), World.Patience);
    }

    /// <summary>A row of the police's file of incidents, of the day before.</summary>
    internal static string[] Incident(
        string forenames, string address, string postcode, string role = "perpetrator", string summary = "Noise late at night", string born = "03/02/1990") =>
        [Canary, forenames, born, address, postcode, role, role == "perpetrator" ? "no" : "yes", summary];

    /// <summary>The police drop a file of incidents, and its intake ends.</summary>
    internal Task<ExtractView> IncidentsAsync(params string[][] rows) => DropAsync(
        "caseshire-incidents", "Subject role,Consent specifically sought,Incident date,Incident type,Summary", day => rows.Select(row => $"{string.Join(',', row[..^1])},{day},call-out,{row[^1]}"));

    /// <summary>The police drop a file of what the key worker needs to know, of one person.</summary>
    internal Task<ExtractView> InformationAsync(string forenames, string address, string postcode, string subject) => DropAsync(
        "caseshire-pack",
        "Subject role,Consent specifically sought,Date,Subject,Information",
        day => [$"{Canary},{forenames},09/11/1988,{address},{postcode},member,no,{day},{subject},Shouted at a visitor"]);

    /// <summary>The school drops a term's attendance, and its intake ends.</summary>
    internal Task<ExtractView> AttendanceAsync(DateOnly termStart, params PupilTerm[] pupils) => DropAsync(
        "caseshire-attendance",
        "Term starts,Possible sessions,Unauthorised sessions,Authorised sessions,Fixed exclusions,Permanent exclusion,Provision",
        _ => pupils.Select(pupil => string.Create(
            CultureInfo.InvariantCulture,
            $"{Canary},{pupil.Forenames},05/05/2025,{pupil.Address},LE1 1AA,{termStart:dd/MM/yyyy},{pupil.Possible},{pupil.Missed},0,0,no,school")),
        "caseshire-school");

    private async Task<ExtractView> DropAsync(string exchange, string columns, Func<string, IEnumerable<string>> rows, string agency = Police)
    {
        var day = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime).AddDays(-1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var file = string.Join("\r\n", rows(day).Prepend($"Surname,Forenames,Date of birth,Address,Postcode,{columns}")) + "\r\n";
        using var api = As(Role.AgencySubmitter, agency);
        var extract = await new DropSender(api, agency).SendAsync(
            new GrantRequest(exchange), new MemoryStream(Encoding.UTF8.GetBytes(file)), plain: false, progress: null, World.Patience);
        return ExtractView.Of(await UntilAsync(
            async () => (await Registers.Extracts.FindAsync(extract.Id, World.Patience))?.Row,
            row => row.State is ExtractStage.Erased or ExtractStage.Quarantined));
    }

    private static HouseholdPseudonym Pseudonym(byte[] secret, string address, string postcode)
    {
        Span<byte> key = stackalloc byte[HouseholdAddress.MaxLength];
        Assert.True(HouseholdAddress.TryCanonicalise(Encoding.UTF8.GetBytes(address), Encoding.UTF8.GetBytes(postcode), key, out var length));
        return HouseholdAddress.Pseudonym(secret, key[..length]);
    }
}

/// <summary>A child's term, as its school tells it.</summary>
internal sealed record PupilTerm(string Forenames, string Address, int Possible, int Missed);
