using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Rights;
using TfFlow.TestKit.Authority;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios.Rights;

/// <summary>People of a seeded authority ask what is held about them: everything about them is found and nothing about anybody else, as
/// the seed knows; and what they have erased is found no more.</summary>
public sealed class SubjectAccessTest
{
    private static readonly string Paper = new('d', 64);

    [Fact]
    public async Task A_person_is_found_shown_and_given_everything_about_them_and_nothing_about_anybody_else()
    {
        await using var world = await World.CreateAsync();
        var seeded = await Seeded.DropAsync(world, people: 500, seed: 3);
        await using var host = seeded.Host;

        // Who could be taken for somebody else, and who moved.
        var authority = seeded.Authority;
        Inhabitant[] asked =
        [
            .. authority.Families.First(family =>
                family.Kinds.HasFlag(FamilyKinds.Twins) && family.Children.Take(2).All(child => seeded.RowsOf(child).Count > 0))
                .Children.Take(2),
            authority.Families.First(family =>
                family.Kinds.HasFlag(FamilyKinds.Moved) && family.Children.Any(child => seeded.RowsOf(child).Count > 0)).Children[0],
            .. seeded.Rich().Take(3),
        ];
        foreach (var person in asked)
        {
            await seeded.AssertFoundAsync(person);
        }

        // One of them has all of it, and nothing that is somebody else's.
        var chosen = seeded.Rich().First();
        var request = await seeded.OpenAsync(SubjectRequestKind.Access);
        var finding = await seeded.FindAsync(request.Id, chosen);
        await seeded.ConsultAsync(request.Id);
        await seeded.ActAsync<RequestView>($"/requests/{request.Id}/decision", new RequestDecision(Paper, ExemptionsAssessed: true));
        var bundle = await seeded.AnswerAsync(request.Id);
        var records = bundle.Parts.Where(part => part.Section is BundleSection.Records).ToList();
        var theirs = finding.Found.Where(found => found.Theirs).ToList();
        Assert.Equal(theirs.Select(found => $"extract-{found.Reference}").Distinct().Order(), records.Select(part => part.Reference)
            .Order());
        Assert.Equal(theirs.Sum(found => found.Rows.Count), records.Sum(part => part.Rows.Count));
        Assert.All(records.SelectMany(part => part.Rows), row =>
            Assert.Equal(chosen.Forename[..1], row.Single(field => field.Name.Contains("orename", StringComparison.Ordinal))
                .Value.TrimStart()[..1], ignoreCase: true));
        Assert.Contains(bundle.Parts, part =>
            part.Reference == "history" && part.Rows.Any(row =>
            row.Any(field => field.Value.Contains("taken in", StringComparison.Ordinal))));

        // Every look has its purpose.
        var looks = await seeded.EntriesAsync(request.Id);
        Assert.All(looks.Where(entry => entry.Act is "request.find" or "request.search" or "request.open" or "request.read"), entry =>
            Assert.Equal("rights", entry.Purpose));
        Assert.Contains(looks, entry => entry.Act == "request.export" && entry.Hash.Length == 64);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task After_a_round_what_is_kept_of_their_family_is_given_too_and_after_erasure_nothing_is_found()
    {
        await using var world = await World.CreateAsync();
        var seeded = await Seeded.DropAsync(world, people: 500, seed: 3);
        await using var host = seeded.Host;
        await seeded.MatchAsync();

        var person = seeded.Authority.Families.First(family =>
            family is { IsEligible: true, Kinds: FamilyKinds.None, Adults.Count: > 0 } && seeded.RowsOf(family.Children[0]).Count > 1)
            .Children[0];
        var access = await seeded.OpenAsync(SubjectRequestKind.Access);
        var found = (await seeded.FindAsync(access.Id, person)).Found;
        var family = Assert.Single(found, one => one is { In: FoundIn.Family, Theirs: true });
        Assert.Single(family.Members);
        Assert.Contains(found, one => one.In is FoundIn.Extract && one.Exchange == "northmere-census");

        var erasure = await seeded.OpenAsync(SubjectRequestKind.Erasure);
        await seeded.FindAsync(erasure.Id, person);
        await seeded.ConsultAsync(erasure.Id);
        await seeded.ActAsync<RequestView>($"/requests/{erasure.Id}/decision",
            new RequestDecision(Paper, ExemptionsAssessed: true, SubjectRequestOutcome.Granted));
        await host.Engine.IdleAsync(World.Patience);

        var again = await seeded.OpenAsync(SubjectRequestKind.Access);
        Assert.Empty((await seeded.FindAsync(again.Id, person)).Found);
        await World.AssertAccountedForAsync(host);

        // The others are as they were, and each originator has its certificate and is told.
        var sibling = seeded.Authority.Families.First(one => one.Children.Contains(person)).Adults[0];
        var other = await seeded.OpenAsync(SubjectRequestKind.Access);
        await seeded.FindAsync(other.Id, sibling);
        var originators = (await host.Services.GetRequiredService<Registers>().SubjectRequests.GetAsync(erasure.Id, World.Patience))
            .Row.Sources.Select(source => source.Agency.Text).Distinct();
        foreach (var agency in originators)
        {
            var documents = await seeded.OutboxAsync(agency);
            Assert.Contains($"requests/{erasure.Id}-decided.json", documents);
            Assert.Contains(documents, name => name.EndsWith($".{erasure.Id}.json", StringComparison.Ordinal));
        }
    }

    [Trait("Category", "Exhaustive")]
    [Fact]
    public async Task Of_twenty_thousand_people_each_is_found_and_nobody_is_taken_for_another()
    {
        await using var world = await World.CreateAloneAsync();
        var seeded = await Seeded.DropAsync(world, people: 20_000, seed: 1);
        await using var host = seeded.Host;
        var (wrong, held, sure, shown) = (0, 0, 0, 0);
        foreach (var person in seeded.Sample(150))
        {
            var (mistaken, rows, certain, seen) = await seeded.CompareAsync(person);
            (wrong, held, sure, shown) = (wrong + mistaken, held + rows, sure + certain, shown + seen);
        }

        Assert.True(wrong == 0 && shown >= held * 0.99,
            $"{held} rows are held of them: {sure} were found, {shown} with those in doubt; {wrong} were somebody else's.");
    }

    /// <summary>A seeded authority whose month was dropped.</summary>
    private sealed class Seeded(LocalHost host, VirtualClock time, InventedAuthority authority, Dictionary<string, AuthorityFile> files)
    {
        public static readonly DateTimeOffset Day = new(2034, 3, 10, 9, 0, 0, TimeSpan.Zero);

        public LocalHost Host => host;

        public InventedAuthority Authority => authority;

        public static async Task<Seeded> DropAsync(World world, int people, int seed)
        {
            var time = new VirtualClock(Day);
            var host = await world.StartAsync(time, watch: true, northmere: true);
            var authority = new InventedAuthority(
                new() { Today = DateOnly.FromDateTime(Day.UtcDateTime), People = people, Seed = seed, Troubled = 0.3, Twins = 0.3 });
            var files = new Dictionary<string, AuthorityFile>();
            foreach (var file in authority.Month()
                .Where(file => DemoAuthority.Agreements.WithExchange(file.Exchange, DateOnly.FromDateTime(Day.UtcDateTime)) is not null
                && file.Rows > 0))
            {
                using var api = World.As(host, file.Agency);
                var view = await new DropSender(api, file.Agency).SendAsync(
                    new GrantRequest(file.Exchange, "information-manager", "reviewed this month"), new MemoryStream(file.Csv), plain: false,
                        progress: null, World.Patience);
                Assert.True(view.State is "Kept", $"{file.Exchange}: {view.State} {view.RefusalCode}");
                files.Add(view.Id, file);
            }

            return new(host, time, authority, files);
        }

        /// <summary>Which rows of which extracts are a person's in truth.</summary>
        public HashSet<(string Extract, long Row)> RowsOf(Inhabitant person) =>
            [.. files.SelectMany(file => file.Value.PersonOf.Where(row => ReferenceEquals(row.Value, person))
                .Select(row => (file.Key, row.Key)))];

        /// <summary>People about whom several files speak, those with most rows first.</summary>
        public IEnumerable<Inhabitant> Rich() => files.Values.SelectMany(file => file.PersonOf.Values.Distinct()).GroupBy(person => person)
            .Where(person => person.Count() > 1).Select(person => person.Key).OrderByDescending(person => RowsOf(person).Count)
                .ThenBy(person => person.Born);

        public IEnumerable<Inhabitant> Sample(int count)
        {
            var all = authority.Families.SelectMany(family => family.Members).Where(person => RowsOf(person).Count > 0).ToArray();
            new Random(5).Shuffle(all);
            return all.Take(count);
        }

        /// <summary>Nothing of anybody else is theirs, and all of theirs is found or shown in doubt.</summary>
        public async Task AssertFoundAsync(Inhabitant person)
        {
            var (wrong, held, sure, shown) = await CompareAsync(person);
            Assert.True(wrong == 0, $"{person.Forename} {person.Surname}: {wrong} rows of somebody else");
            Assert.True(shown == held && sure > 0,
                $"{person.Forename} {person.Surname}: {held} rows are held, {sure} found, {shown} with those in doubt");
        }

        public async Task<(int Wrong, int Held, int Sure, int Shown)> CompareAsync(Inhabitant person)
        {
            var request = await OpenAsync(SubjectRequestKind.Access);
            var found = (await FindAsync(request.Id, person)).Found.Where(one => one.In is FoundIn.Extract).ToList();
            HashSet<(string, long)> Rows(IEnumerable<FoundView> of) =>
                [.. of.SelectMany(one => one.Rows.Select(row => (one.Reference, row)))];
            var (truth, sure) = (RowsOf(person), Rows(found.Where(one => one.Theirs)));
            return (sure.Except(truth).Count(), truth.Count, truth.Intersect(sure).Count(), truth.Intersect(Rows(found)).Count());
        }

        public Task<RequestView> OpenAsync(SubjectRequestKind kind) =>
            ActAsync<RequestView>("/requests", new RequestReceipt(kind, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), null));

        /// <summary>As the person writes it: where they live, where they lived, where else.</summary>
        public Task<RequestFinding> FindAsync(string request, Inhabitant person)
        {
            var family = authority.Families.First(one => one.Members.Contains(person));
            var homes = new[] { person.Home, family.OldHome, person.OtherHome }.OfType<int>().Distinct().Select(authority.AddressOf)
                .ToList();
            return ActAsync<RequestFinding>($"/requests/{request}/search", new RequestSearch(
                person.Surname,
                person.Forename,
                person.Born.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture),
                homes[0].Address,
                homes[0].Postcode,
                [.. homes.Skip(1).Select(home => new RequestAddress(home.Address, home.Postcode))]));
        }

        public async Task ConsultAsync(string request)
        {
            await host.Engine.IdleAsync(World.Patience);
            foreach (var agency in (await ViewAsync(request)).Unheard)
            {
                Assert.Contains($"requests/{request}.json", await OutboxAsync(agency));
                await ActAsync<RequestView>($"/requests/{request}/views", new RequestViewRecord(agency, Paper));
            }
        }

        public async Task<RequestView> ViewAsync(string request)
        {
            using var api = As("ig-1");
            return (await api.GetAsync<RequestView[]>("/requests", World.Patience)).Single(view => view.Id == request);
        }

        /// <summary>Read by two people, released by both, given out.</summary>
        public async Task<SubjectBundle> AnswerAsync(string request)
        {
            using var first = As("ig-1");
            using var second = As("ig-2");
            var read = await first.GetBytesAsync($"/requests/{request}/bundle", World.Patience);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(read));
            await first.PostAsync<RequestView>($"/requests/{request}/releases", new RequestRelease(hash), World.Patience);
            Assert.Contains("two people", (await Assert.ThrowsAsync<CommandException>(() =>
                first.PostForBytesAsync($"/requests/{request}/export", World.Patience))).Message, StringComparison.Ordinal);
            Assert.Contains("another person", (await Assert.ThrowsAsync<CommandException>(() =>
                first.PostAsync<RequestView>($"/requests/{request}/releases", new RequestRelease(hash), World.Patience)))
                    .Message, StringComparison.Ordinal);
            Assert.Equal(read, await second.GetBytesAsync($"/requests/{request}/bundle", World.Patience));
            await second.PostAsync<RequestView>($"/requests/{request}/releases", new RequestRelease(hash), World.Patience);
            var given = await second.PostForBytesAsync($"/requests/{request}/export", World.Patience);
            Assert.Equal(read, given);
            return JsonSerializer.Deserialize<SubjectBundle>(given, Outbox.Json)!;
        }

        public async Task MatchAsync()
        {
            using var coordinator = World.As(host, "", Role.Coordinator);
            await coordinator.PostAsync<MatchingView>("/matching", body: null, World.Patience);
            while ((await coordinator.GetAsync<MatchingView[]>("/matching", World.Patience)).Single()
                .State is not ("Reviewing" or "Completed"))
            {
                await host.Engine.AdvanceToAsync(time.GetUtcNow().AddSeconds(1), World.Patience);
            }

            await host.Engine.IdleAsync(World.Patience);
        }

        public async Task<T> ActAsync<T>(string path, object body)
        {
            using var api = As("ig-1");
            return await api.PostAsync<T>(path, body, World.Patience);
        }

        public async Task<IReadOnlyList<string>> OutboxAsync(string agency)
        {
            using var api = World.As(host, agency);
            return [.. (await api.GetAsync<OutboxDocument[]>($"/agencies/{agency}/outbox", World.Patience))
                .Select(document => document.Name)];
        }

        public async Task<IReadOnlyList<LedgerEntry>> EntriesAsync(string reference) =>
            await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome && entry.References.Contains(reference))
                .ToListAsync();

        private ApiClient As(string account) =>
            ApiClient.At(host.Address, host.Tokens.Mint(new Caller(account, Role.InformationGovernance, ""), TimeSpan.FromDays(400)));
    }
}
