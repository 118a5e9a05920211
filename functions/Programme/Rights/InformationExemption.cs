namespace TfFlow.Programme.Rights;

/// <summary>Under which law somebody asks for recorded information.</summary>
public enum InformationRegime
{
    /// <summary>The Freedom of Information Act 2000.</summary>
    FreedomOfInformation = 1,

    /// <summary>The Environmental Information Regulations 2004.</summary>
    EnvironmentalInformation,
}

/// <summary>Why something that is held is not given. A fixed list, so that nobody is named.</summary>
/// <remarks>seeds/002 §16; today's law (ours).</remarks>
public enum InformationExemption
{
    /// <summary>Anyone can have it otherwise: it is published.</summary>
    AlreadyAccessible = 1,
    FuturePublication,
    Investigations,
    LawEnforcement,
    PublicAffairs,
    HealthAndSafety,

    /// <summary>It is about people who can be recognised.</summary>
    PersonalInformation,
    Confidence,
    LegalPrivilege,
    CommercialInterests,
    ProhibitedByLaw,
    UnfinishedMaterial,
    InternalCommunications,
}

/// <summary>How the interest of the public weighs where an exemption is qualified.</summary>
public enum PublicInterest
{
    /// <summary>It is better served by keeping the exemption.</summary>
    Withhold = 1,

    /// <summary>It is better served by giving the information.</summary>
    Disclose,
}

/// <summary>What an exemption is in a law.</summary>
/// <param name="Section">Where it stands: section 31, regulation 12(5)(b).</param>
/// <param name="Qualified">It holds only as far as the public interest does not ask for the information.</param>
public sealed record ExemptionLine(string Section, bool Qualified);

/// <summary>Which exemptions a law has.</summary>
public static class InformationExemptions
{
    /// <returns>Null: that law has none of the kind.</returns>
    public static ExemptionLine? In(InformationExemption exemption, InformationRegime regime) => (exemption, regime) switch
    {
        (InformationExemption.AlreadyAccessible, InformationRegime.FreedomOfInformation) => new("section 21", false),
        (InformationExemption.FuturePublication, InformationRegime.FreedomOfInformation) => new("section 22", true),
        (InformationExemption.Investigations, InformationRegime.FreedomOfInformation) => new("section 30", true),
        (InformationExemption.LawEnforcement, InformationRegime.FreedomOfInformation) => new("section 31", true),
        (InformationExemption.PublicAffairs, InformationRegime.FreedomOfInformation) => new("section 36", true),
        (InformationExemption.HealthAndSafety, InformationRegime.FreedomOfInformation) => new("section 38", true),
        (InformationExemption.PersonalInformation, InformationRegime.FreedomOfInformation) => new("section 40(2)", false),
        (InformationExemption.Confidence, InformationRegime.FreedomOfInformation) => new("section 41", false),
        (InformationExemption.LegalPrivilege, InformationRegime.FreedomOfInformation) => new("section 42", true),
        (InformationExemption.CommercialInterests, InformationRegime.FreedomOfInformation) => new("section 43", true),
        (InformationExemption.ProhibitedByLaw, InformationRegime.FreedomOfInformation) => new("section 44", false),
        (InformationExemption.AlreadyAccessible, InformationRegime.EnvironmentalInformation) => new("regulation 6(1)(b)", false),
        (InformationExemption.UnfinishedMaterial, InformationRegime.EnvironmentalInformation) => new("regulation 12(4)(d)", true),
        (InformationExemption.InternalCommunications, InformationRegime.EnvironmentalInformation) => new("regulation 12(4)(e)", true),
        (InformationExemption.LawEnforcement, InformationRegime.EnvironmentalInformation) => new("regulation 12(5)(b)", true),
        (InformationExemption.HealthAndSafety, InformationRegime.EnvironmentalInformation) => new("regulation 12(5)(a)", true),
        (InformationExemption.LegalPrivilege, InformationRegime.EnvironmentalInformation) => new("regulation 12(5)(b)", true),
        (InformationExemption.Confidence, InformationRegime.EnvironmentalInformation) => new("regulation 12(5)(d)", true),
        (InformationExemption.CommercialInterests, InformationRegime.EnvironmentalInformation) => new("regulation 12(5)(e)", true),
        (InformationExemption.PersonalInformation, InformationRegime.EnvironmentalInformation) => new("regulation 13", false),
        _ => null,
    };
}
