using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>What agencies really send, through the whole intake: each ends clearly, and nothing is kept of what is refused.</summary>
public sealed class BadInputTest : IAsyncLifetime
{
    private const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Term starts,Possible sessions,Unauthorised sessions,Authorised sessions,Fixed exclusions,Permanent exclusion,Provision,Previously excluded";
    private World world = null!;
    private LocalHost host = null!;

    private static string Row => $"Marlowe,Edith,{CsvBuilder.Date(World.Today.AddYears(-10))},\"12 Wharf Street, Leicester\",LE1 1AA,{CsvBuilder.Date(World.Today.AddMonths(-2))},130,2,3,0,no,school,";

    public static TheoryData<string, string> Quarantined => new()
    {
        { "zero bytes", "file.empty" },
        { "header only", "file.no-rows" },
        { "not UTF-8", "file.encoding" },
        { "UTF-16", "file.utf-16" },
        { "a zip", "file.compressed" },
        { "a gzip bomb", "file.compressed" },
        { "NUL bytes", "file.nul" },
        { "a quote never closed", "file.quote" },
        { "a row of a megabyte", "file.record-too-long" },
        { "a missing column", "file.column-missing" },
        { "a column nobody agreed", "never.column-not-listed" },
        { "random bytes", "" },
    };

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        host = await world.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Each_bad_file_is_quarantined_with_its_code_and_nothing_of_it_is_kept()
    {
        var wrong = new List<string>();
        foreach (var data in Quarantined)
        {
            var (kind, code) = ((string)data[0], (string)data[1]);
            var extract = await World.DropAsync(host, FileOf(kind));
            if (extract.State != "Quarantined" || (code.Length > 0 && extract.RefusalCode != code) || extract.RowsAccepted != 0)
            {
                wrong.Add($"{kind}: {extract.State} {extract.RefusalCode}");
            }
        }

        Assert.Empty(wrong);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_byte_order_mark_quoted_newlines_and_formulas_are_taken_and_ragged_rows_refused_by_row_and_cell()
    {
        var file = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(string.Join(
            "\r\n",
            [
                Header,
                Row,
                Row.Replace("12 Wharf Street, Leicester", "14 Wharf Street,\nLeicester", StringComparison.Ordinal).Replace("Edith", "Ada", StringComparison.Ordinal),
                Row.Replace("12 Wharf Street", "=HYPERLINK(1) 15 Wharf Street", StringComparison.Ordinal).Replace("Edith", "Olive", StringComparison.Ordinal),
                "only,three,cells",
                .. Names.Given.Take(60).Select(name => Row.Replace("Edith", name, StringComparison.Ordinal)),
                "",
            ]))).ToArray();

        var extract = await World.DropAsync(host, file);

        Assert.Equal("Kept", extract.State);
        Assert.Equal(63, extract.RowsAccepted);
        Assert.Equal(1, extract.RowsRefused);
        var report = await ReportAsync(extract);
        var finding = Assert.Single(report.Findings, finding => finding.Consequence is Consequence.Refusal);
        Assert.Equal(5, finding.Row);
        Assert.DoesNotContain("three", JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_nobody_was_granted_to_leave_is_removed_and_its_name_is_kept_nowhere()
    {
        var blobs = new BlobStore(world.ConnectionString);
        await blobs.CreateContainerAsync(world.Names.Drops("school-0"), World.Patience);
        var stray = new BlobAddress(world.Names.Drops("school-0"), "left by mistake/Quillfeatherstone family.csv");

        await blobs.PutAsync(stray, "x"u8.ToArray(), WriteCondition.None, World.Patience);
        var patience = World.Patience;
        List<Vault.Ledger.LedgerRecord> entries;
        while (!(entries = await host.Services.GetRequiredService<Vault.Ledger.Ledger>().ReadAsync(0, patience).ToListAsync()).Any(entry => entry.Entry is { Act: "drop.unexpected", Result: "done" }))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, patience);
        }

        Assert.Null(await blobs.GetPropertiesAsync(stray, World.Patience));
        Assert.DoesNotContain("Quillfeatherstone", JsonSerializer.Serialize(entries.Select(entry => entry.Entry)), StringComparison.Ordinal);
        Assert.DoesNotContain("Quillfeatherstone", await File.ReadAllTextAsync(world.LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_file_where_only_sealed_drops_are_agreed_is_refused_unread()
    {
        using var api = World.As(host, "school-1");
        var grant = await api.PostAsync<UploadPermission>("/agencies/school-1/grants", new GrantRequest(World.Attendance), World.Patience);
        await UploadClient.PutAsync(grant.UploadUri, new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\r\n{Row}\r\n")), World.Patience);

        var extract = await new DropSender(api, "school-1").WaitAsync(grant.GrantId, World.Patience);

        Assert.Equal("Quarantined", extract.State);
        Assert.Equal("drop.not-sealed", extract.RefusalCode);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_drop_replaced_after_its_claim_is_refused_and_recorded()
    {
        await using var other = await World.CreateAsync();
        var blobs = new BlobStore(other.ConnectionString);
        string grantId;
        await using (var idle = await other.StartAsync(watch: false))
        {
            using var api = World.As(idle, "school-2");
            grantId = (await new DropSender(api, "school-2").PutAsync(
                new GrantRequest(World.Attendance), new MemoryStream(World.AttendanceFile(20)), plain: false, World.Patience)).GrantId;
            var drop = (await blobs.GetPropertiesAsync(new(other.Names.Drops("school-2"), grantId), World.Patience))!;
            idle.Engine.Kill();
            var claimed = drop with { ETag = new ETag("\"0x0\"") };
            await idle.Services.GetRequiredService<DropClaims>().ClaimAsync("school-2", claimed, World.Patience);
        }

        await using var again = await other.StartAsync();
        var registers = again.Services.GetRequiredService<Registers>();
        var grant = (await registers.Grants.GetAsync(grantId, World.Patience)).Row;
        await again.Services.GetRequiredService<DropClaims>().ClaimAsync(
            "school-2", new BlobProperties(new(other.Names.Drops("school-2"), grantId), 1, new ETag("\"0x0\""), TimeProvider.System.GetUtcNow()), World.Patience);
        using var agency = World.As(again, "school-2");
        var extract = await new DropSender(agency, "school-2").WaitAsync(grantId, World.Patience);

        Assert.Equal(grant.ExtractId, extract.Id);
        Assert.Equal("drop.changed", extract.RefusalCode);
        var entries = await again.Services.GetRequiredService<Vault.Ledger.Ledger>().ReadAsync(0, World.Patience).ToListAsync();
        Assert.Contains(entries, entry => entry.Entry.Act == "drop.changed");
        await World.AssertAccountedForAsync(again);
    }

    private async Task<IntakeReport> ReportAsync(ExtractView extract)
    {
        await using var document = (await host.Services.GetRequiredService<Outbox>().FindAsync(extract.Agency, $"reports/{extract.Id}.json", World.Patience))!;
        return (await JsonSerializer.DeserializeAsync<IntakeReport>(document.Content, Outbox.Json))!;
    }

    private static byte[] FileOf(string kind)
    {
        var good = $"{Header}\r\n{Row}\r\n";
        return kind switch
        {
            "zero bytes" => [],
            "header only" => Encoding.UTF8.GetBytes($"{Header}\r\n"),
            "not UTF-8" => Encoding.Latin1.GetBytes(good.Replace("Edith", "Édith", StringComparison.Ordinal)),
            "UTF-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(good)],
            "a zip" => [.. "PK\u0003\u0004"u8, .. new byte[100]],
            "a gzip bomb" => Gzip(new byte[20_000_000]),
            "NUL bytes" => Encoding.UTF8.GetBytes(good.Replace("Edith", "Ed\0ith", StringComparison.Ordinal)),
            "a quote never closed" => Encoding.UTF8.GetBytes($"{Header}\r\n\"{Row}\r\n{new string('x', 3_000)}"),
            "a row of a megabyte" => Encoding.UTF8.GetBytes($"{Header}\r\n{new string('x', 1_000_000)}\r\n"),
            "a missing column" => Encoding.UTF8.GetBytes(good.Replace(",Postcode", "", StringComparison.Ordinal).Replace(",LE1 1AA", "", StringComparison.Ordinal)),
            "a column nobody agreed" => Encoding.UTF8.GetBytes($"{Header},NHS number\r\n{Row},9434765919\r\n"),
            "random bytes" => RandomBytes(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private static byte[] RandomBytes()
    {
        var bytes = new byte[50_000];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
