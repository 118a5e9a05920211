using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Retention;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Scenarios.Cases;

/// <remarks>A household that is no family of the cohort yet: it waits for a review, and no longer than its time.</remarks>
public sealed partial class FamilyCaseTest
{
    [Fact]
    public async Task A_family_that_waits_for_its_review_is_erased_on_its_day_with_a_certificate_for_each_source()
    {
        var family = await world.NamedFamilyAsync(
            new PersonDetails(CaseWorld.Canary, "Edith Anne", new(1981, 2, 3), "91 Wharf Street", "LE1 9AA"),
            new PersonDetails(CaseWorld.Canary, "Oswald", new(2014, 6, 7), "91 Wharf Street", "LE1 9AA"));
        await world.IndexAsync(family, "91 Wharf Street", "LE1 9AA");
        var services = world.Host.Services;
        var deadline = world.Time.GetUtcNow().AddDays(services.GetRequiredService<MatchingPlan>().ReviewDays);
        using (WriteWatch.ByHand())
        {
            // As its round leaves what is uncertain.
            var found = await world.Registers.Families.GetAsync(family.Id, World.Patience);
            await world.Registers.Families.ChangeAsync(
                found,
                found.Row with { State = CohortState.InReview, RetentionRule = FamilyKeeper.ReviewRule, DueAt = deadline },
                World.Patience);
        }

        await world.PassAsync(deadline - world.Time.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Equal(CohortState.InReview, (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.State);

        await world.PassAsync(deadline - world.Time.GetUtcNow());
        var erased = (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row;
        Assert.Equal((CohortState.Erased, 0, 0), (erased.State, erased.Members.Count, erased.Blobs.Count()));
        var (keys, vault) = (services.GetRequiredService<DataKeys>(), services.GetRequiredService<FamilyVault>());
        Assert.Equal(3, family.Records.Count);
        foreach (var record in family.Records)
        {
            Assert.Null(await keys.FindAsync(record.Blob.Name, World.Patience));
            await Assert.ThrowsAsync<SealException>(() => vault.ReadAsync(record, World.Patience));
            var certificate = await world.DocumentAsync<ErasureCertificate>(
                record.Originator, $"certificates/{record.ExtractId}.{family.Id}.json");
            Assert.Equal(record.Blob.Sha256, Assert.Single(certificate.Blobs).Sha256);
            Assert.Equal((record.Rows, deadline), (certificate.Records, certificate.DueAt));
            Assert.Contains(FamilyKeeper.ReviewRule, certificate.Rule, StringComparison.Ordinal);
            Assert.InRange(certificate.EffectiveAt, deadline, deadline.AddDays(1));
        }

        Assert.Single(await world.OutcomesAsync("family.erase", family.Id));
        var indexed = await services.GetRequiredService<HouseholdIndex>().ListFamiliesAsync(World.Patience).ToListAsync();
        Assert.DoesNotContain(family.Id.Text, indexed);
        Assert.Empty(await world.DiscrepanciesAsync());
    }
}
