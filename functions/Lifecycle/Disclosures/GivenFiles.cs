using System.Security.Cryptography;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Governance;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>A file that is given.</summary>
public sealed record FileContent(byte[] Content, long Rows)
{
    /// <summary>Of a list of families, the digest that <see cref="FamilyList"/> makes of it; empty of other files.</summary>
    public string Listed { get; init; } = "";

    /// <summary>Of a list of families, their references.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];
}

/// <summary>Gives a party what its agreement owes it, sealed to the party's own key: a list of families built here, or a file of the deployment's own systems.</summary>
/// <remarks>seeds/002 App B rows 7, 13, 14, 17; seeds/003 (the feed to the processor). docs/disclosures.md.</remarks>
public sealed class GivenFiles(
    Registers registers,
    AgreementCatalogue agreements,
    AgreementGate gate,
    Notices notices,
    Deployment deployment,
    MatchingPlan plan,
    FamilyList families,
    Recipients recipients,
    UsedDocuments used,
    Outbox outbox,
    Erasure erasure,
    StoreNames names,
    Acts acts,
    TimeProvider time)
{
    /// <summary>The dataset of the lists that are built here.</summary>
    public const string ListDataset = "families";

    /// <summary>Builds the list of families that an exchange owes a party, and gives it. It replaces the one that lies there.</summary>
    /// <param name="without">Families that are left out: who objected is dealt with case by case.</param>
    public async Task<Answer<GivenFile>> SendListAsync(
        CaseCaller by, Id<Exchange> exchangeId, Id<Party> recipient, IReadOnlyCollection<string> without, CancellationToken cancellationToken)
    {
        var (row, exchange, grant, obstacles) = await CheckAsync(exchangeId, recipient, FamilyStanding.MeetsCriteria, cancellationToken);
        if (obstacles.Count == 0 && exchange!.Dataset != ListDataset)
        {
            obstacles = [Obstacle.Refusal($"{exchangeId} carries {exchange.Dataset}, and no list of families: give its file with 'tfflow give file'.", "ours")];
        }

        if (obstacles.Count == 0 && await families.NotListedAsync(row!.Giver, without, cancellationToken) is { Count: > 0 } unknown)
        {
            obstacles =
            [
                Obstacle.Refusal(
                    $"{string.Join(", ", unknown)}: no family that could be on this list. Nothing was given. Look the references up with 'tfflow cohort': a family whose reference is mistyped would be named to {recipient}.",
                    "ours"),
            ];
        }

        return obstacles.Count > 0
            ? new(null, obstacles)
            : await GiveAsync(by, "list.send", row!, exchange!, grant!, token => families.WriteAsync(row!, exchange!, without, token), cancellationToken, [.. without]);
    }

    /// <summary>Gives a file of the deployment's own systems, as it is, once it was read and every row of it conforms.</summary>
    public async Task<Answer<GivenFile>> GiveFileAsync(
        CaseCaller by, Id<Exchange> exchangeId, Id<Party> recipient, byte[] content, CancellationToken cancellationToken)
    {
        var (row, exchange, grant, obstacles) = await CheckAsync(exchangeId, recipient, standing: null, cancellationToken);
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        var agreement = agreements.Find($"{row!.Agreement}@{row.AgreementVersion}")!;
        var options = ExtractReadOptions.For(agreement, exchange!, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), plan);
        var read = await ExtractReader.ReadAsync(new MemoryStream(content), exchange!.Specification!, options, (_, _) => ValueTask.CompletedTask, cancellationToken);
        if (read.State is not ExtractState.Accepted)
        {
            var broken = string.Join(", ", read.Counts.Keys.Order(StringComparer.Ordinal));
            return new(null, [new($"a file every row of which conforms to {exchange.Dataset}; 'tfflow validate' says what does not ({broken})", "ours")]);
        }

        return await GiveAsync(by, "file.give", row, exchange, grant!, _ => Task.FromResult(new FileContent(content, read.Rows)), cancellationToken);
    }

    /// <summary>Removes what its days are over for, and what an order that was cut short may have left.</summary>
    internal async Task RemoveDueAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        foreach (var id in await registers.Given.DueAsync(asOf, cancellationToken).ToListAsync(cancellationToken))
        {
            await RemoveAsync(await registers.Given.GetAsync(id, cancellationToken), cancellationToken);
        }
    }

    private async Task<(GivenFile? Row, Exchange? Exchange, DisclosureGrant? Grant, IReadOnlyList<Obstacle> Obstacles)> CheckAsync(
        Id<Exchange> exchangeId, Id<Party> recipient, FamilyStanding? standing, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var giver = deployment.OwnerOr(plan.Authority);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var agreement = agreements.WithExchange(exchangeId, today);
        var known = agreement?.Exchange(exchangeId);
        var means = known?.Means.Where(means => !means.IsSpoken()).OrderByDescending(means => means is Means.SealedDrop)
            .Select(means => (Means?)means).FirstOrDefault();
        var untold = known is not { TellFirst: true } || standing is null ? null : await registers.UntoldAsync(
            (await families.CohortAsync(giver, cancellationToken)).Select(listed => listed.Family.Id.Text), agreement!.Id, today, cancellationToken);
        var decision = gate.Check(new()
        {
            Act = GateAct.Disclosure,
            Exchange = exchangeId,
            Agency = giver,
            Recipient = recipient,
            At = now,
            Notices = await notices.StandingAsync(cancellationToken),
            Use = known is { Uses: [var use, ..] } ? use : null,
            Families = known?.Scope is ExchangeScope.Allocated && standing is not null ? FamilyStanding.Allocated : standing,
            Untold = untold,
            Means = means,
        });
        if (decision.Grant is not { } grant)
        {
            return (null, known, null, [Obstacle.Refusal(decision.Words, decision.Code)]);
        }

        if (known!.Specification is null)
        {
            return (null, known, null, [new($"a settled dataset of {exchangeId}", "seeds/002 App B")]);
        }

        if (await recipients.FindAsync(recipient, cancellationToken) is null)
        {
            return (null, known, null, [Obstacle.Refusal(new RecipientUnknownException(recipient).Message, "ours")]);
        }

        var row = new GivenFile
        {
            Id = Reference.New(),
            State = GivenFileState.Ordered,
            Giver = giver,
            Recipient = recipient,
            Agreement = grant.Agreement,
            AgreementVersion = grant.Version,
            Exchange = exchangeId,
            AgreementSha256 = grant.AgreementSha256,
            DatasetSha256 = grant.DatasetSha256,
            Means = means!.Value,
            OrderedAt = now,
        };
        return (row, known, grant, []);
    }

    private async Task<Answer<GivenFile>> GiveAsync(
        CaseCaller by,
        string act,
        GivenFile row,
        Exchange exchange,
        DisclosureGrant grant,
        Func<CancellationToken, Task<FileContent>> write,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? without = null)
    {
        await used.UseAsync(agreements.Find($"{row.Agreement}@{row.AgreementVersion}")!, exchange.Specification, cancellationToken);
        await acts.PerformAsync(
            row.Act(act, by.Account, by.Role) with { Basis = grant.Basis, Purpose = $"{grant.Purpose} Given {row.Means.InWords()}." },
            async token =>
            {
                await registers.Given.TryAddAsync(row, token);
                var current = await registers.Given.GetAsync(row.Id, token);
                var written = await write(token);
                try
                {
                    var file = await recipients.SealAsync(grant, row.Id, written.Content, token);
                    var given = row with
                    {
                        State = GivenFileState.Given,
                        GivenAt = time.GetUtcNow(),
                        Rows = written.Rows,
                        FileHash = file.Sha256,
                        Listed = written.Listed,
                        Families = written.Families,
                        Named = written.Families,
                        Without = without ?? [],
                    };
                    await (row.Means.IsDrop()
                        ? outbox.DiscloseAsync(grant, row.FileName, file, token)
                        : outbox.DiscloseByDropAsync(grant, row.FileName, file, token));
                    await outbox.PutAsync(row.Outbox, row.NoticeName, Notice(given, exchange), token);
                    await registers.Given.ChangeAsync(current, given, token);
                    return new ActResult { Count = written.Rows, Hash = file.Sha256 };
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(written.Content);
                }
            },
            cancellationToken);
        await RemoveEarlierAsync(row, cancellationToken);
        return new((await registers.Given.GetAsync(row.Id, cancellationToken)).Row, []);
    }

    /// <summary>Nothing is kept of a family any more: no list that was given says that it was on it.</summary>
    internal async Task ForgetAsync(string family, CancellationToken cancellationToken)
    {
        var naming = await registers.Given.ListAsync(cancellationToken).Where(file => file.Row.Named.Contains(family)).ToListAsync(cancellationToken);
        foreach (var list in naming)
        {
            await registers.Given.ChangeAsync(list, list.Row with { Named = [.. list.Row.Named.Where(other => other != family)] }, cancellationToken);
        }
    }

    /// <summary>Takes away the lists that name a family: what is no longer kept of it here lies nowhere else of ours.</summary>
    internal async Task WithdrawAsync(string family, CancellationToken cancellationToken)
    {
        var naming = await registers.Given.ListAsync(cancellationToken)
            .Where(file => file.Row.State is GivenFileState.Given && file.Row.Families.Contains(family)).ToListAsync(cancellationToken);
        foreach (var list in naming)
        {
            await RemoveAsync(list, cancellationToken);
        }
    }

    /// <summary>Removes what lies there under an agreement that ended, or for a party that left it: nobody collects it any more.</summary>
    internal async Task WithdrawUnderAsync(RegisterEntry notice, CancellationToken cancellationToken)
    {
        var under = await registers.Given.ListAsync(cancellationToken)
            .Where(file => file.Row.State is GivenFileState.Given && notice.Takes(file.Row.Agreement, file.Row.Recipient))
            .ToListAsync(cancellationToken);
        foreach (var file in under)
        {
            await RemoveAsync(file, cancellationToken);
        }
    }

    private async Task RemoveEarlierAsync(GivenFile row, CancellationToken cancellationToken)
    {
        var earlier = await registers.Given.ListAsync(cancellationToken)
            .Where(other => other.Row.State is GivenFileState.Given && other.Row.Id != row.Id)
            .Where(other => other.Row.Exchange == row.Exchange && other.Row.Recipient == row.Recipient)
            .ToListAsync(cancellationToken);
        foreach (var replaced in earlier)
        {
            await RemoveAsync(replaced, cancellationToken);
        }
    }

    private Task RemoveAsync(Registered<GivenFile> current, CancellationToken cancellationToken) => acts.PerformAsync(
        current.Row.Act("file.remove", nameof(GivenFiles)) with { Count = current.Row.Rows, Hash = current.Row.FileHash },
        async token =>
        {
            var there = await registers.Given.GetAsync(current.Row.Id, token);
            if (there.Row.State is not GivenFileState.Removed)
            {
                await erasure.DeleteAsync(new(names.Outbox(there.Row.Outbox), there.Row.FileName), token);
                await erasure.DeleteAsync(new(names.Outbox(there.Row.Outbox), there.Row.NoticeName), token);
                await registers.Given.ChangeAsync(there, there.Row with { State = GivenFileState.Removed, RemovedAt = time.GetUtcNow(), Families = [] }, token);
            }
        },
        cancellationToken);

    private static GivenFileNotice Notice(GivenFile row, Exchange exchange) => new(
        row.Id,
        row.Giver,
        row.Recipient,
        row.Exchange,
        exchange.Dataset!,
        row.Rows,
        row.FileName,
        row.FileHash,
        DateOnly.FromDateTime(row.DueAt!.Value.UtcDateTime),
        $"Open it with 'tfflow key open FILE --reference {row.Id} --agency {row.Recipient} --key YOUR-KEY --out OPENED.csv'."
            + (exchange.Dataset == ListDataset
                ? " It replaces the list you had. A person who is not on it is not to be treated as on the programme; the list does not say why."
                : ""));
}
