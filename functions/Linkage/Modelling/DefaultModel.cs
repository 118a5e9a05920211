namespace TfFlow.Linkage;

/// <summary>What a UK authority's registers look like before the data speak: where learning starts, and what a field too seldom seen keeps.</summary>
internal static class DefaultModel
{
    private static readonly (NameAgreement Level, double Same, double Mates)[] Given =
    [
        (NameAgreement.Same, 0.86, 0.006), (NameAgreement.ShortForm, 0.04, 0.01), (NameAgreement.Part, 0.01, 0.003), (NameAgreement.Sound, 0.015, 0.005),
        (NameAgreement.Slip, 0.035, 0.01), (NameAgreement.Near, 0.01, 0.015), (NameAgreement.Initial, 0.01, 0.002), (NameAgreement.Swapped, 0.008, 0.001),
        (NameAgreement.Faint, 0.005, 0.015), (NameAgreement.SameInitial, 0.001, 0.08), (NameAgreement.Differ, 0.006, 0.823), (NameAgreement.OtherName, 0.002, 0.03),
    ];

    private static readonly (NameAgreement Level, double Staying, double Moved, double Together, double Apart)[] Surname =
    [
        (NameAgreement.Same, 0.93, 0.86, 0.75, 0.75), (NameAgreement.Part, 0.01, 0.02, 0.02, 0.02), (NameAgreement.Sound, 0.008, 0.008, 0.005, 0.005),
        (NameAgreement.Slip, 0.03, 0.03, 0.02, 0.02), (NameAgreement.Near, 0.006, 0.006, 0.005, 0.005), (NameAgreement.Initial, 0.002, 0.002, 0.001, 0.001),
        (NameAgreement.Previous, 0.003, 0.01, 0.001, 0.001), (NameAgreement.Faint, 0.003, 0.003, 0.005, 0.005), (NameAgreement.Differ, 0.006, 0.014, 0.153, 0.153), (NameAgreement.DifferWomen, 0.005, 0.05, 0.04, 0.04),
    ];

    private static readonly (BirthDateAgreement Level, double Same, double Mates)[] Birth =
    [
        (BirthDateAgreement.Same, 0.71, 0.003), (BirthDateAgreement.SameOfChild, 0.22, 0.012), (BirthDateAgreement.Swapped, 0.012, 0.0005), (BirthDateAgreement.Slip, 0.02, 0.004), (BirthDateAgreement.YearOnly, 0.01, 0.004),
        (BirthDateAgreement.TwoParts, 0.01, 0.03), (BirthDateAgreement.Year, 0.008, 0.02), (BirthDateAgreement.Differ, 0.009, 0.40), (BirthDateAgreement.GenerationApart, 0.001, 0.5265),
    ];

    private static readonly (DwellingAgreement Level, double Stay, double Move)[] Dwelling =
    [
        (DwellingAgreement.Unknown, 0.01, 0.02), (DwellingAgreement.Same, 0.84, 0.0005), (DwellingAgreement.NearlySame, 0.11, 0.001), (DwellingAgreement.OtherFlat, 0.002, 0.004),
        (DwellingAgreement.NumberSlip, 0.008, 0.002), (DwellingAgreement.SameStreet, 0.003, 0.01), (DwellingAgreement.SameNumber, 0.012, 0.03), (DwellingAgreement.Differ, 0.015, 0.9325),
    ];

    private static readonly (AreaAgreement Level, double Stay, double Move)[] Area =
    [
        (AreaAgreement.Unknown, 0.01, 0.02), (AreaAgreement.SamePostcode, 0.94, 0.01), (AreaAgreement.PostcodeSlip, 0.02, 0.005), (AreaAgreement.NearbyPostcode, 0.005, 0.03),
        (AreaAgreement.SameTown, 0.02, 0.5), (AreaAgreement.Differ, 0.005, 0.435),
    ];

    /// <summary>A model for pairs of two files of these sizes, or of one with itself.</summary>
    /// <param name="pairs">All pairs there are.</param>
    /// <param name="records">Records of the smaller file.</param>
    public static LinkageModel Create(double pairs, double records)
    {
        // In files of a few records most pairs cannot be matches or mates all at once.
        const double MostKnown = 0.8, ARecord = 0.75 + 0.1 + 1.2 + 0.3;
        var each = Math.Min(Math.Max(1, records) / Math.Max(1, pairs), MostKnown / ARecord);
        double[] priors = [0.75 * each, 0.1 * each, 1.2 * each, 0.3 * each, 0];
        priors[4] = 1 - priors.Sum();
        var tables = new double[Levels.FieldCount][,];
        for (var field = 0; field < tables.Length; field++)
        {
            tables[field] = new double[Relations.Count, 1 << Levels.Bits[field]];
        }

        var model = new LinkageModel(priors, tables, new double[2, 16], new double[16, 16]);
        foreach (var (level, same, mates) in Given)
        {
            Set(model, Field.GivenName, (int)level, same, same, mates, mates);
        }

        foreach (var (level, staying, moved, together, apart) in Surname)
        {
            Set(model, Field.Surname, (int)level, staying, moved, together, apart);
        }

        foreach (var (level, same, mates) in Birth)
        {
            Set(model, Field.BirthDate, (int)level, same, same, mates, mates);
        }

        foreach (var (dwelling, stay, move) in Dwelling)
        {
            foreach (var (area, stayArea, moveArea) in Area)
            {
                Set(model, Field.Place, Levels.Place(dwelling, area), stay * stayArea, move * moveArea, stay * stayArea, move * moveArea);
            }
        }

        Small(model, Field.MiddleName, [(1, 0.75, 0.02), (2, 0.18, 0.06), (3, 0.03, 0.01), (4, 0.04, 0.91)]);
        Small(model, Field.Sex, [(1, 0.97, 0.45), (2, 0.03, 0.55), (3, 0.996, 0.97), (4, 0.004, 0.03)]);
        Small(model, Field.Email, [(1, 0.84, 0.03), (2, 0.04, 0.02), (3, 0.12, 0.95), (4, 0.84, 0.03), (5, 0.04, 0.3), (6, 0.12, 0.67)]);
        for (var field = Field.NhsNumber; field <= Field.OtherNumber; field++)
        {
            Small(model, field, [(1, 0.96, 0.0005), (2, 0.025, 0.001), (3, 0.005, 0.9945), (4, 0.01, 0.004)]);
        }

        Small(model, Field.BirthPlace, [(1, 0.85, 0.4), (2, 0.03, 0.02), (3, 0.12, 0.58)]);
        Small(model, Field.Occupation, [(1, 0.6, 0.15), (2, 0.02, 0.01), (3, 0.38, 0.84)]);
        foreach (var (level, staying, moved, together, apart) in ((int, double, double, double, double)[])[(1, 0.72, 0.5, 0.3, 0.05), (2, 0.015, 0.01, 0.006, 0.002), (3, 0.265, 0.49, 0.694, 0.948)])
        {
            Set(model, Field.Phone, level, staying, moved, together, apart);
        }

        foreach (var (level, staying, moved, apart) in ((int, double, double, double)[])[(1, 0.05, 0.4, 0.6), (2, 0.35, 0.25, 0.2), (3, 0.6, 0.35, 0.2)])
        {
            Set(model, Field.Household, level, staying, moved, staying, apart);
        }

        Strangers(model);
        return model;
    }

    private static void Small(LinkageModel model, Field field, (int Level, double Same, double Mates)[] levels)
    {
        foreach (var (level, same, mates) in levels)
        {
            Set(model, field, level, same, same, mates, mates);
        }
    }

    /// <summary>Strangers are learned from random pairs; until then, and for what random pairs never show, agreement is rare.</summary>
    private static void Strangers(LinkageModel model)
    {
        for (var field = Field.GivenName; field <= Field.Occupation; field++)
        {
            var table = model.Table(field);
            var levels = 1 << Levels.Bits[(int)field];
            for (var level = 1; level < levels; level++)
            {
                table[4, level] = table[0, level] == 0 ? 0 : 1e-4;
            }
        }

        (int Level, double Share)[] household = [(1, 0.9975), (2, 0.002), (3, 0.0005)];
        foreach (var (level, share) in household)
        {
            model.Table(Field.Household)[4, level] = share;
        }
    }

    private static void Set(LinkageModel model, Field field, int level, double staying, double moved, double together, double apart)
    {
        var table = model.Table(field);
        (table[0, level], table[1, level], table[2, level], table[3, level]) = (staying, moved, together, apart);
    }
}
