using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Cases;

/// <summary>A signed consent form, held against the family it is said to be of. References and dates: whom it names was compared
/// before.</summary>
/// <param name="Person">The member it is to be recorded for; null: the form decides, and names nobody, or more than one.</param>
/// <param name="Names">The members whom the form surely names.</param>
/// <param name="MayName">The members whom it may name, differently written.</param>
/// <param name="IsKnown">Whether the family's records say who that member is.</param>
/// <param name="Born">The date of birth on the form.</param>
/// <param name="SignedBy">The member who signed, or <see cref="Parent"/>; null: nobody of the family, or more than one answer to what the
/// form says.</param>
/// <param name="SignatoryBorn">When whoever signed was born; null: not known.</param>
/// <param name="Repeats">The same form is recorded for somebody else.</param>
public sealed record SignedForm(
    string? Person,
    IReadOnlyCollection<string> Names,
    IReadOnlyCollection<string> MayName,
    bool IsKnown,
    DateOnly Born,
    DateOnly SignedOn,
    string? SignedBy,
    DateOnly? SignatoryBorn,
    bool Repeats)
{
    /// <summary>Years from which on somebody can sign for themselves. Ours.</summary>
    public const int SignsFrom = 16;

    /// <summary>Years from which on nobody else signs for somebody. Ours.</summary>
    public const int AdultFrom = 18;

    /// <summary>Who signs for a child where no adult of the family is a member: somebody with parental responsibility. Ours.</summary>
    public const string Parent = "parent";

    private const string Source = "seeds/001 Legal gateway, Consent";

    private const string Several =
        "The form may be of more than one member of this family: say of whom it is with --person. Where they are one person under two "
        + "references, say so: 'tfflow case person compare' looks at both.";

    private const string Nobody =
        "The form names nobody of this family as its records have them. 'tfflow case people' says who they are: look at the paper and what "
        + "was typed. If the records are wrong, ask their source with 'tfflow question ask'.";

    /// <summary>What stands in the way of recording it; each says what to do.</summary>
    /// <remarks>Who signed is looked at once it is clear whose it is.</remarks>
    public IReadOnlyList<Obstacle> Obstacles() => [.. new[] { OfWhom() ?? ByWhom(), Repeated() }.OfType<Obstacle>()];

    private Obstacle? OfWhom() =>
        Person is null ? Obstacle.Refusal(Names.Count + MayName.Count == 0 ? Nobody : Several, Source)
        : Names.Contains(Person) || MayName.Contains(Person) ? null
        : Names.Count > 0 ? Obstacle.Refusal(
            $"The form names another member of this family: look at the paper, and record it with --person {string.Join(" or ", Names)}.",
            Source)
        : IsKnown ? Obstacle.Refusal(Nobody, Source)
        : null;

    private Obstacle? ByWhom()
    {
        var age = Age.On(Born, SignedOn);
        return SignedBy is null ? Obstacle.Refusal(
                "Whoever signed is no member of this family, or more than one is named so: give the member's reference, as "
                + $"'tfflow case people' says it. For a child, '{Parent}' stands for somebody with parental responsibility who is no "
                + "member.",
                Source)
            : SignedBy == Person ? age >= SignsFrom ? null : Obstacle.Refusal(
                $"The form is of a child under {SignsFrom}, who cannot give consent alone: an adult of the family signs for the child, and "
                + $"'signedBy' says who; '{Parent}' where whoever has parental responsibility is no member.",
                "ours")
            : age >= AdultFrom ? Obstacle.Refusal(
                "The form is of an adult, and somebody else signed it: adults sign for themselves.", "ours")
            : SignatoryBorn is { } born && Age.On(born, SignedOn) < AdultFrom ? Obstacle.Refusal(
                "The form is of a child, and whoever signed it is no adult: an adult of the family signs for the child.", "ours")
            : null;
    }

    private Obstacle? Repeated() => !Repeats ? null : Obstacle.Refusal(
        "This form is recorded already, for somebody else: everyone has a form of their own. Look which paper this is.",
        "seeds/001 Description of intended data (signed consent form)");
}
