using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace TfFlow.Linkage;

/// <summary>Takes a score apart.</summary>
internal sealed class Explainer(Vocabulary vocabulary, Records left, Records right, Linker linker, ScoredPairs scored)
{
    public Explanation Explain(int l, int r)
    {
        var table = linker.Table(scored.Model);
        var scorer = new Scorer(table, vocabulary, left.Stride);
        var a = left[l];
        var b = right[r];
        var levels = new PairComparer(vocabulary, left.Stride).Compare(a, b) | Levels.Pack(Field.Household, (int)scored.HouseholdEvidence.Of(l, r));
        var steps = new List<ExplanationStep>();
        var lanes = table.Priors;
        var start = Scorer.Odds(lanes);
        var before = start;
        void Step(string what, string one, string other, string words, Vector256<float> next)
        {
            lanes = next;
            var after = Scorer.Odds(lanes);
            steps.Add(new(what, one, other, words, after - before));
            before = after;
        }

        var (given, surname) = (Levels.Of(levels, Field.GivenName), Levels.Of(levels, Field.Surname));
        for (var field = Field.GivenName; field <= Field.Household; field++)
        {
            var level = Levels.Of(levels, field);
            if (level == 0)
            {
                continue;
            }

            // Strangers' names go together: the surname's part is what both say beyond the given name.
            var next = field == Field.Surname && given != 0 ? lanes + table.Names(given, surname) - table[(int)Field.GivenName, given] : lanes + table[(int)field, level];
            Step(Wording.Of(field), Value(a, field), Value(b, field), Wording.Of(field, level), next);
        }

        var whole = scorer.Lanes(a, b, levels);
        if (whole != lanes)
        {
            Step("term frequency", "", "", "how common these names and this date are", whole);
        }

        var edge = scored.Graph.Find(l, r);
        var passes = linker.Candidates.PassesOf(l, r);
        var rivals = edge < 0 || linker.Within ? 0
            : scored.Graph.OfLeft(l).End.Value - scored.Graph.OfLeft(l).Start.Value + scored.Graph.OfRight(r).Length - 2;
        return new(start, steps, before, edge < 0 ? 0 : scored.Probabilities[edge], Passes(passes), rivals);
    }

    private List<string> Passes(uint passes)
    {
        var found = new List<string>();
        for (; passes != 0; passes &= passes - 1)
        {
            found.Add(linker.Candidates.Passes[BitOperations.TrailingZeroCount(passes)].ToString());
        }

        return found;
    }

    private string Value(ReadOnlySpan<int> record, Field field)
    {
        int Cell(ReadOnlySpan<int> its, int slot) => slot < its.Length ? its[slot] : 0;
        string Name(int name) => name == 0 ? "" : vocabulary.Names.Text(name).ToString();
        string Code(int code) => code == 0 ? "" : vocabulary.Codes[code].ToString();
        return field switch
        {
            Field.GivenName => Name(Cell(record, Slot.Given)),
            Field.MiddleName => Name(Cell(record, Slot.Middle)),
            Field.Surname => Name(Cell(record, Slot.Surname)),
            Field.BirthDate => Date(unchecked((uint)Cell(record, Slot.Birth))),
            Field.Sex => Cell(record, Slot.Sex) switch { 1 => "male", 2 => "female", _ => "" },
            Field.Place => Place(record),
            Field.Phone => Code(Cell(record, Slot.Phone)),
            Field.Email => Code(Cell(record, Slot.Email)),
            >= Field.NhsNumber and <= Field.Occupation => Code(Cell(record, Slot.Nhs + (field - Field.NhsNumber))),
            _ => "",
        };
    }

    private string Place(ReadOnlySpan<int> record)
    {
        string Text(int place) => place == 0 ? "" : vocabulary.Places[place].ToString();
        string Number(int code) => code < 0 ? Text(-code)
            : $"{(code >> 5 == 0 ? "" : (code >> 5).ToString(CultureInfo.InvariantCulture))}{((code & 31) == 0 ? "" : ((char)('A' + (code & 31) - 1)).ToString())}";
        var flat = Number(record[Slot.Flat]);
        var postcode = record[Slot.Postcode] == 0 ? "" : vocabulary.Postcodes[record[Slot.Postcode]].ToString();
        string[] parts = [flat.Length == 0 ? "" : $"FLAT {flat}", Text(record[Slot.Name]), $"{Number(record[Slot.Number])} {Text(record[Slot.Street])}".Trim(), Text(record[Slot.Town]), postcode];
        return string.Join(", ", parts.Where(p => p.Length > 0));
    }

    private static string Date(uint date)
    {
        if (date == 0)
        {
            return "";
        }

        // 15 is a digit that is not known.
        var digits = date.ToString("X8", CultureInfo.InvariantCulture).Replace('F', '?');
        return $"{digits[..4]}-{digits[4..6]}-{digits[6..]}";
    }
}
