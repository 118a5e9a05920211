namespace TfFlow.Programme.Extracts;

/// <summary>Content no dataset may carry, whatever its specification lists.</summary>
public static class NeverAccepted
{
    public static readonly Rule Complainant = new("never.complainant",
        "no row about a complainant: their details are never shared",
        "Take out every row about a complainant and every column that names one, before the file is sent.",
        "seeds/000 §3.1", Consequence.Quarantine);

    public static readonly Rule VictimOrWitness = new("never.victim-or-witness",
        "no row about a victim or witness, unless the agreement allows it and their consent was specifically sought",
        "Take out every row about a victim or witness and every column that names one, before the file is sent.",
        "seeds/000 §3.1, seeds/001 Consent", Consequence.Quarantine);

    public static readonly Rule ConsentNotSought = new("never.consent-not-sought",
        "a row about a victim or witness only with their consent, specifically sought",
        "Take the row out; or, where consent was specifically sought and given, say so in its column.",
        "seeds/001 Consent", Consequence.Quarantine);

    public static readonly Rule InformalDisposal = new("never.informal-disposal",
        "a formal disposal; informal ones not recorded on PNC (restorative justice) are not shared: people were assured so",
        "Take the row out.", "seeds/000 Criteria note 1, seeds/002 App B *");

    public static readonly Rule Adoption = new("never.adoption",
        "no data about adoption",
        "Take it out at the source, whole columns as well as rows, before the file is sent.",
        "seeds/001 Data definitions", Consequence.Quarantine);

    public static readonly Rule CaseNotes = new("never.case-notes",
        "no health professionals' case notes",
        "Take it out at the source, whole columns as well as rows, before the file is sent.",
        "seeds/001 Data definitions", Consequence.Quarantine);

    public static readonly Rule StaffProceedings = new("never.staff-proceedings",
        "no record of legal proceedings against members of staff",
        "Take it out at the source, whole columns as well as rows, before the file is sent.",
        "seeds/001 Data definitions", Consequence.Quarantine);

    public static readonly Rule PastSchedule = new("never.past-schedule",
        "a row its own agency may still keep; this one is past that agency's retention schedule",
        "Take the row out; if your schedule does allow you to keep it, correct the date.", "seeds/001 Data definitions");

    public static readonly Rule Marking = new("never.marking",
        "a protective marking no higher than the agreement's ceiling",
        "Take the row out before the file is sent.", "seeds/000 §3.6", Consequence.Quarantine);

    public static readonly Rule ColumnNotListed = new("never.column-not-listed",
        "only the columns of the specification",
        "Take this column out; tfflow prepare does it for you. If the file has no header, add one.",
        "seeds/002 §1", Consequence.Quarantine);

    public static readonly Rule WithheldField = new("never.withheld-field",
        "no field its supplier or Information Asset Owner has named as particularly sensitive",
        "Take this column out; tfflow prepare does it for you.", "seeds/001 Data definitions", Consequence.Quarantine);

    public static IReadOnlyList<Rule> All { get; } =
    [
        Complainant, VictimOrWitness, ConsentNotSought, InformalDisposal, Adoption, CaseNotes, StaffProceedings, PastSchedule, Marking, ColumnNotListed, WithheldField,
    ];

    // What a header has to hold to say that its column is never accepted.
    private static readonly (string Part, Rule Rule)[] Headers =
    [
        ("adopt", Adoption),
        ("casenote", CaseNotes),
        ("clinicalnote", CaseNotes),
        ("consultationnote", CaseNotes),
        ("disciplinary", StaffProceedings),
        ("staffproceeding", StaffProceedings),
        ("employmenttribunal", StaffProceedings),
        ("complainant", Complainant),
        ("victimname", VictimOrWitness),
        ("witnessname", VictimOrWitness),
    ];

    /// <summary>The rule a column breaks by what its header says it is.</summary>
    /// <param name="folded">As <see cref="HeaderMap.Fold"/> writes it.</param>
    public static Rule? ByHeader(string folded) =>
        Headers.FirstOrDefault(header => folded.Contains(header.Part, StringComparison.Ordinal)).Rule;

    public static Rule? Find(string code) => All.FirstOrDefault(rule => rule.Code == code);
}
