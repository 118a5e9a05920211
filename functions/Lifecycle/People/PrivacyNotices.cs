using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.People;

/// <summary>Publishes the privacy notice that the agreements in force make, and records who was given which version.</summary>
/// <remarks>docs/people.md. seeds/002 App A (fair processing), seeds/003, seeds/004.</remarks>
public sealed class PrivacyNotices(
    Registers registers, AgreementCatalogue agreements, Deployment deployment, MatchingPlan plan, Outbox outbox, RowActs rows, Acts acts, TimeProvider time)
{
    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private Id<Party> Here => deployment.OwnerOr(plan.Authority);

    /// <summary>Publishes a version that says what the agreements in force say today. If one does already it is left, and
    /// answered.</summary>
    public async Task<Answer<PrivacyNoticeRow>> PublishAsync(CaseCaller by, CancellationToken cancellationToken)
    {
        if (PrivacyNotice.Of(Here, agreements.InForce(Today)) is not { } notice)
        {
            return new(null, [new($"an agreement in force that {Here} is a party of", "seeds/003")]);
        }

        if (await registers.PrivacyNotices.ListAsync(cancellationToken).FirstOrDefaultAsync(row => row.Row.Sha256 == notice.Sha256, cancellationToken) is { Row: var there })
        {
            return new(there, []);
        }

        var published = new PrivacyNoticeRow(notice.VersionOn(Today), Here, notice.Agreements, notice.Sha256, Today, by.Account);
        await acts.PerformAsync(
            new()
            {
                ActId = $"notice.publish.{published.Id}",
                Act = "notice.publish",
                Actor = by.Account,
                Role = by.Role,
                Agency = Here,
                Hash = published.Sha256,
                References = [published.Id, .. published.Agreements],
            },
            async token =>
            {
                // The text first: a version that can be given can be read.
                await outbox.PutTextAsync(Here, published.FileName, PrivacyNoticeHtml.Render(notice, published.Id), token);
                await registers.PrivacyNotices.TryAddAsync(published, token);
            },
            cancellationToken);
        return new(published, []);
    }

    /// <returns>The page of a version; null when none of that name was published.</returns>
    public async Task<string?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        if (await registers.PrivacyNotices.FindAsync(version, cancellationToken) is not { Row: var notice }
            || await outbox.FindAsync(notice.Authority, notice.FileName, cancellationToken) is not { } page)
        {
            return null;
        }

        await using (page)
        {
            using var reader = new StreamReader(page.Content);
            return await reader.ReadToEndAsync(cancellationToken);
        }
    }

    /// <summary>People of a family were given a version: families that do not take part too.</summary>
    /// <param name="persons">Members, by their references; none for all of them.</param>
    public async Task<Answer<NoticeGivenRow>> GiveAsync(
        CaseCaller by, string family, IReadOnlyList<string> persons, string version, NoticeMeans how, DateOnly on, CancellationToken cancellationToken)
    {
        var members = (await registers.Families.FindAsync(family, cancellationToken))?.Row.Members ?? [];
        var involved = (await registers.Cases.FindAsync(family, cancellationToken))?.Row.Involved ?? [];
        IReadOnlyList<string> known = [.. involved.Union(members)];
        var held = await registers.HeldAsync(family, cancellationToken);
        var notice = await registers.PrivacyNotices.FindAsync(version, cancellationToken);
        var given = new NoticeGiven(family, [.. (persons.Count > 0 ? persons : known).Select(held.PersonOf).Distinct()], version, notice?.Row.Agreements ?? [], on);
        var row = new NoticeGivenRow(Reference.New(), given, how, by.Account, time.GetUtcNow());
        IReadOnlyList<Obstacle> obstacles =
        [
            .. given.ToGive(known, notice?.Row.PublishedOn, Today),
            .. Enum.IsDefined(how) ? Array.Empty<Obstacle>() : [new("how it came to them", "ours")],
        ];
        return await rows.AddAsync(
            registers.NoticesGiven,
            row,
            new()
            {
                ActId = $"notice.give.{row.Id}",
                Act = "notice.give",
                Actor = by.Account,
                Role = by.Role,
                Count = given.Persons.Count,
                References = [row.Id, family, version, .. given.Persons],
            },
            obstacles,
            cancellationToken);
    }
}
