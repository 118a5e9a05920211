using System.Globalization;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

public enum ChangeKind
{
    /// <summary>Something that was refused is allowed.</summary>
    BecameAllowed = 1,

    /// <summary>Something that was allowed is refused.</summary>
    BecameRefused,

    /// <summary>A term changed that allows and refuses nothing by itself.</summary>
    Changed,
}

/// <param name="Subject">The exchange, party or term it is about.</param>
public sealed record AgreementChange(ChangeKind Kind, string Subject, string Words);

/// <summary>What a later version of an agreement allows that an earlier one refused, and the other way round.</summary>
public static class AgreementComparison
{
    public static IReadOnlyList<AgreementChange> Compare(Agreement earlier, Agreement later)
    {
        var changes = new List<AgreementChange>();
        Parties(earlier, later, changes);
        foreach (var id in earlier.Exchanges.Concat(later.Exchanges).Select(exchange => exchange.Id).Distinct())
        {
            Exchanges(earlier.Exchange(id), later.Exchange(id), changes);
        }

        Ceilings(earlier, later, changes);
        Sets("agreement", "a table to which the information governance leads have not agreed", earlier.TableAgreedByLeads ? [] : [""], later.TableAgreedByLeads ? [] : [""], changes);
        foreach (var id in earlier.Retention.Concat(later.Retention).Select(rule => rule.Id).Distinct())
        {
            Changed(id, "retention", Describe(Rule(earlier, id)), Describe(Rule(later, id)), changes);
        }

        Changed("agreement", "judged by", Law(earlier), Law(later), changes);
        Changed("agreement", "end", Day(earlier.Ends), Day(later.Ends), changes);
        Changed("agreement", "review", Day(earlier.Review.Due), Day(later.Review.Due), changes);
        return changes;
    }

    private static void Parties(Agreement earlier, Agreement later, List<AgreementChange> changes)
    {
        foreach (var id in earlier.Parties.Concat(later.Parties).Select(party => party.Id).Distinct())
        {
            var (before, after) = (HasSigned(earlier, id), HasSigned(later, id));
            if (before != after)
            {
                Add(after, id, after ? "is a party that has signed" : "is no longer a party that has signed", changes);
            }

            if (earlier.Party(id) is { } was && later.Party(id) is { } now)
            {
                Sets(id, "without a contract", was.Contract ? [] : [""], now.Contract ? [] : [""], changes);
                Sets(id, "is given files without cleared staff", was.ClearedStaff ? [] : [""], now.ClearedStaff ? [] : [""], changes);
                Sets(id, "its data serves another purpose without its Chief Officer's leave", was.ChiefOfficer ? [] : [""], now.ChiefOfficer ? [] : [""], changes);
            }

            var (relied, relies) = (Basis(earlier, id), Basis(later, id));
            if (before && after)
            {
                Changed(id, "basis", relied, relies, changes);
            }
        }
    }

    private static void Exchanges(Exchange? earlier, Exchange? later, List<AgreementChange> changes)
    {
        if (earlier is null || later is null)
        {
            var only = (later ?? earlier)!;
            Add(later is not null, only.Id, $"{string.Join(", ", only.From)} to {string.Join(", ", only.To)}: {only.Information}", changes);
            return;
        }

        Sets(later.Id, "sent by", earlier.From.Texts(), later.From.Texts(), changes);
        Sets(later.Id, "sent to", earlier.To.Texts(), later.To.Texts(), changes);
        Sets(later.Id, "used for", earlier.Uses.Select(Kebab.Of), later.Uses.Select(Kebab.Of), changes);
        Sets(later.Id, "by", earlier.Means.Select(Kebab.Of), later.Means.Select(Kebab.Of), changes);
        Sets(later.Id, "dataset", Optional(earlier.Dataset), Optional(later.Dataset), changes);
        Sets(later.Id, "column", later.Withheld, earlier.Withheld, changes); // a column withheld is a column refused
        Sets(later.Id, "without the sender's judgement", earlier.Judgement ? [] : [""], later.Judgement ? [] : [""], changes);
        Sets(later.Id, "without a profile of the source", earlier.Discovery ? [] : [""], later.Discovery ? [] : [""], changes);
        Sets(later.Id, "without the Information Asset Owner's approval", earlier.AssetOwner ? [] : [""], later.AssetOwner ? [] : [""], changes);
        Sets(later.Id, "by people who are not named", earlier.Named ? [] : [""], later.Named ? [] : [""], changes);
        Sets(later.Id, "without telling people first", earlier.TellFirst ? [] : [""], later.TellFirst ? [] : [""], changes);
        if (earlier.Scope != later.Scope)
        {
            Add(later.Scope < earlier.Scope, later.Id, $"about {Kebab.Of(later.Scope)} instead of {Kebab.Of(earlier.Scope)}", changes);
        }

        Changed(later.Id, "how often", Often(earlier), Often(later), changes);
        Changed(later.Id, "retention rules", string.Join(", ", earlier.Retention), string.Join(", ", later.Retention), changes);
    }

    private static void Ceilings(Agreement earlier, Agreement later, List<AgreementChange> changes)
    {
        if (earlier.MarkingCeiling != later.MarkingCeiling)
        {
            Add(later.MarkingCeiling.IsAbove(earlier.MarkingCeiling), "agreement", $"marking up to {Kebab.Of(later.MarkingCeiling)} instead of {Kebab.Of(earlier.MarkingCeiling)}", changes);
        }

        if (earlier.BatchCeiling != later.BatchCeiling)
        {
            Add((later.BatchCeiling ?? long.MaxValue) > (earlier.BatchCeiling ?? long.MaxValue), "agreement", $"batches up to {Rows(later.BatchCeiling)} instead of {Rows(earlier.BatchCeiling)}", changes);
        }

        if (earlier.VictimsAndWitnessesWithConsent != later.VictimsAndWitnessesWithConsent)
        {
            Add(later.VictimsAndWitnessesWithConsent, "agreement", "rows about victims and witnesses whose consent was specifically sought", changes);
        }
    }

    private static void Sets(string subject, string what, IEnumerable<string> earlier, IEnumerable<string> later, List<AgreementChange> changes)
    {
        var (before, after) = (earlier.ToList(), later.ToList());
        changes.AddRange(after.Except(before).Select(item => new AgreementChange(ChangeKind.BecameAllowed, subject, $"{what} {item}".TrimEnd())));
        changes.AddRange(before.Except(after).Select(item => new AgreementChange(ChangeKind.BecameRefused, subject, $"{what} {item}".TrimEnd())));
    }

    private static void Changed(string subject, string what, string earlier, string later, List<AgreementChange> changes)
    {
        if (earlier != later)
        {
            changes.Add(new(ChangeKind.Changed, subject, $"{what}: {later} instead of {earlier}"));
        }
    }

    private static void Add(bool allowed, string subject, string words, List<AgreementChange> changes) =>
        changes.Add(new(allowed ? ChangeKind.BecameAllowed : ChangeKind.BecameRefused, subject, words));

    private static bool HasSigned(Agreement agreement, string id) => agreement.Party(id) is { SignedOn: not null, Tier1SignedOn: not null };

    private static string Basis(Agreement agreement, string id) =>
        agreement.Party(id) is { } party && agreement.BasisOf(party) is { } basis ? string.Join("; ", basis.Gateways.Concat(new[] { basis.Schedule2, basis.Schedule3, basis.UkGdpr6, basis.UkGdpr9Or10, basis.Dpa2018, basis.Article8 }.OfType<string>())) : "none";

    private static string Law(Agreement agreement) => agreement.UnderTodaysLaw ? "the UK GDPR and the Data Protection Act 2018" : "the Data Protection Act 1998";

    private static RetentionRule? Rule(Agreement agreement, string id) => agreement.Retention.FirstOrDefault(rule => rule.Id == id);

    private static string Describe(RetentionRule? rule) => rule?.InWords ?? "none";

    private static string Often(Exchange exchange) => exchange.HowOften is { } often ? Kebab.Of(often) : "blank";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none";

    private static string Rows(long? ceiling) => ceiling is { } rows ? $"{rows} rows" : "any size";

    private static string[] Optional(string? value) => value is null ? [] : [value];
}
