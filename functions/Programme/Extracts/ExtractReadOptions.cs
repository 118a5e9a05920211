using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Extracts;

/// <summary>What a reading needs to know beyond the dataset: the day it speaks of, and what its agreement allows.</summary>
public sealed record ExtractReadOptions
{
    /// <summary>The day the extract describes; windows (the last twelve months) end here and nothing may lie after it.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The agreement takes rows about victims and witnesses whose consent was specifically sought.</summary>
    /// <remarks>seeds/001 Consent. Default: no (seeds/000 §3.1).</remarks>
    public bool VictimsAndWitnessesWithConsent { get; init; }

    /// <summary>Columns the agreement withholds though the dataset lists them.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>Leave unlisted and withheld columns out and tell of them, instead of refusing the file: for preparing an agency's own export. Default: no.</summary>
    public bool DropUnlisted { get; init; }

    /// <summary>The highest marking a row may bear. Default: RESTRICTED.</summary>
    public Marking MarkingCeiling { get; init; } = Marking.Restricted;

    /// <summary>Most rows of one file, by the agreement; <c>null</c> when there is no ceiling. Default: none.</summary>
    public long? BatchCeiling { get; init; }

    /// <summary>Accept NHS numbers that begin with 999, which are issued for tests only. Default: no.</summary>
    public bool TestNhsNumbers { get; init; }

    /// <summary>The authority's own school terms, by its matching plan; <c>null</c> where there is no plan. Default: none.</summary>
    public TermCalendar? Terms { get; init; }

    /// <summary>The longest row in bytes, quotes included. Default 256 KiB; from 1 KiB to 16 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 256 * 1024;

    /// <summary>Findings listed of one rule; more are only counted. Default 100.</summary>
    public int MaxFindingsPerRule { get; init; } = 100;

    /// <summary>Findings listed in all; more are only counted. Default 1,000.</summary>
    public int MaxFindings { get; init; } = 1000;

    /// <summary>The row the header stands in, as a spreadsheet numbers it; findings count from it. Default 1.</summary>
    public int HeaderRow { get; init; } = 1;

    /// <summary>As an agreement's exchange wants a file read.</summary>
    /// <param name="plan">The matching plan of the authority that takes it in; <c>null</c> where there is none.</param>
    public static ExtractReadOptions For(Agreement agreement, Exchange exchange, DateOnly asOf, MatchingPlan? plan) => new()
    {
        AsOf = asOf,
        Terms = plan?.Terms,
        VictimsAndWitnessesWithConsent = agreement.VictimsAndWitnessesWithConsent,
        MarkingCeiling = agreement.MarkingCeiling,
        BatchCeiling = agreement.BatchCeiling,
        Withheld = exchange.Withheld,
    };
}
