namespace TfFlow.Linkage.Tests.Population;

/// <summary>An invented person as they are at one moment.</summary>
internal sealed record Person
{
    public required int Id { get; init; }

    public required string Given { get; init; }

    public string Middle { get; init; } = "";

    public required string Surname { get; init; }

    public required DateOnly Born { get; init; }

    public required bool Woman { get; init; }

    public required NameOrigin Origin { get; init; }

    public required int Dwelling { get; init; }

    public string Mobile { get; init; } = "";

    public string Email { get; init; } = "";

    public string Nhs { get; init; } = "";

    /// <summary>What befell this person between the snapshots: moved, married, twin, namesake; for the report.</summary>
    public string Story { get; init; } = "";
}

/// <summary>A place to live.</summary>
internal sealed record Dwelling(int Id, int Flat, string Building, int Number, string Street, string Town, string Postcode, string Landline, long Uprn);
