using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Rights;

/// <summary>Why a part of what is held about a person is not given to them. A fixed list, so that it can be counted and nobody is
/// named.</summary>
/// <remarks>seeds/002 App A, sixth principle (s29); today's law (ours): Data Protection Act 2018, schedules 2 to 4.</remarks>
public enum Exemption
{
    /// <summary>It would prejudice the prevention or detection of crime, or catching and prosecuting offenders.</summary>
    Crime = 1,

    /// <summary>It is about somebody else too, who has not agreed, and it is not reasonable to give it without that.</summary>
    OtherPerson,

    /// <summary>It would cause serious harm to somebody's health.</summary>
    HealthHarm,

    /// <summary>It would prejudice social work, because somebody would be seriously harmed.</summary>
    SocialWorkHarm,

    /// <summary>It would seriously harm somebody, and is held for education.</summary>
    EducationHarm,

    /// <summary>It is about whether a child is or may be abused, and it is not in the child's interest.</summary>
    ChildAbuse,

    /// <summary>Between a lawyer and a client.</summary>
    LegalPrivilege,

    /// <summary>For legal proceedings.</summary>
    LegalProceedings,

    /// <summary>A court or an enactment forbids it.</summary>
    ForbiddenByLaw,

    /// <summary>A reference that was given in confidence.</summary>
    ConfidentialReference,
}

/// <summary>Words for exemptions.</summary>
public static class Exemptions
{
    /// <summary>The line of the law.</summary>
    public static string SourceOf(Exemption exemption) => exemption switch
    {
        Exemption.Crime => "Data Protection Act 2018, schedule 2, paragraph 2",
        Exemption.OtherPerson => "Data Protection Act 2018, schedule 2, paragraphs 16 and 17",
        Exemption.HealthHarm => "Data Protection Act 2018, schedule 3, part 2",
        Exemption.SocialWorkHarm => "Data Protection Act 2018, schedule 3, part 3",
        Exemption.EducationHarm => "Data Protection Act 2018, schedule 3, part 4",
        Exemption.ChildAbuse => "Data Protection Act 2018, schedule 3, part 5",
        Exemption.LegalPrivilege => "Data Protection Act 2018, schedule 2, paragraph 19",
        Exemption.LegalProceedings => "Data Protection Act 2018, schedule 2, paragraph 5",
        Exemption.ForbiddenByLaw => "Data Protection Act 2018, schedule 4",
        _ => "Data Protection Act 2018, schedule 2, paragraph 24",
    };

    /// <summary>What the person reads in place of the part.</summary>
    public static string WordsOf(Exemption exemption) => exemption switch
    {
        Exemption.Crime => "giving it would make it harder to prevent or detect a crime",
        Exemption.OtherPerson => "it is about another person too",
        Exemption.HealthHarm => "giving it would seriously harm somebody's health",
        Exemption.SocialWorkHarm => "giving it would lead to serious harm to somebody",
        Exemption.EducationHarm => "giving it would seriously harm somebody",
        Exemption.ChildAbuse => "giving it would not be in the interest of a child",
        Exemption.LegalPrivilege => "it is between a lawyer and a client",
        Exemption.LegalProceedings => "it is for legal proceedings",
        Exemption.ForbiddenByLaw => "a court or a law forbids it",
        _ => "it is a reference that was given in confidence",
    };
}

/// <summary>A part of what is held that is not given.</summary>
/// <param name="PartReference">The part, as <see cref="BundlePart.Reference"/> names it.</param>
/// <param name="Unsaid">The answer does not say that there is such a part: saying it would do the harm.</param>
/// <param name="Hash">SHA-256 of the reasons, as assessed with the originator; lower-case hex.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record PartExemption(string PartReference, Exemption Exemption, bool Unsaid, string Hash, string By,
    DateTimeOffset RecordedAt)
{
    /// <summary>What stands in the way of marking it.</summary>
    /// <param name="state">Of the request.</param>
    /// <param name="parts">Of what is held.</param>
    public IReadOnlyList<Obstacle> ToMark(SubjectRequestState state, IReadOnlyCollection<string> parts) => Obstacle.Unless(
        (state is SubjectRequestState.Consulting,
            "a request whose originators are asked and that is not decided yet: exemptions are assessed with them",
            "seeds/002 App A, sixth principle"),
        (Enum.IsDefined(Exemption), "which exemption applies", "seeds/002 App A, sixth principle"),
        (parts.Contains(PartReference), "a part of what is held: 'tfflow request read' names each", "ours"),
        (Hash.Length > 0, "the reasons, by their SHA-256", "ours"));
}
