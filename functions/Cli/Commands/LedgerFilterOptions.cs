using System.CommandLine;
using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary>The options by which <c>search</c> and <c>export</c> choose entries.</summary>
internal sealed class LedgerFilterOptions
{
    private readonly Option<string?> agency = new("--agency") { Description = "The agency the entry concerns." };
    private readonly Option<string?> reference = new("--reference") { Description = "A reference the entry names." };
    private readonly Option<string?> act = new("--act") { Description = "An act, like extract.erase, or a noun for all its acts, like extract." };
    private readonly Option<string?> agreement = new("--agreement") { Description = "The agreement it was done under." };
    private readonly Option<bool> disclosures = new("--disclosures")
    {
        Description = "Only what went to others: lists, files, messages, what was told by telephone, by email or at meetings, research and studies.",
    };

    private readonly Option<Means?> means = new("--means")
    {
        Description = $"Only what was given or told by these means: one of {string.Join(", ", Programme.Documents.Kebab.All<Means>())}.",
        HelpName = "means",
        CustomParser = result => Options.Kebab<Means>(result),
    };

    private readonly Option<DateTimeOffset?> from = Time("--from", "Entries at or after this time, like 2026-04-01 or 2026-04-01T09:00Z (UTC).");
    private readonly Option<DateTimeOffset?> before = Time("--before", "Entries before this time.");

    public void AddTo(Command command) => ((List<Option>)[agency, reference, act, agreement, disclosures, means, from, before]).ForEach(command.Options.Add);

    public LedgerFilter Read(ParseResult parsed) => new()
    {
        Agency = parsed.GetValue(agency),
        Reference = parsed.GetValue(reference),
        Act = parsed.GetValue(act),
        Agreement = parsed.GetValue(agreement),
        Disclosures = parsed.GetValue(disclosures),
        Means = parsed.GetValue(means),
        From = parsed.GetValue(from),
        Before = parsed.GetValue(before),
    };

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, Utc, out var time))
            {
                return time;
            }

            result.AddError($"{name} is a time like 2026-04-01T09:00Z.");
            return null;
        },
    };
}
