using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Whatever the bytes: no crash, no hang, no partial acceptance.</summary>
public sealed partial class ExtractReaderTest
{
    [Fact]
    public void Arbitrary_bytes_end_in_an_outcome() => Prop.ForAll(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary(), Ends).QuickCheckThrowOnFailure();

    [Fact]
    public void Arbitrary_tokens_under_a_header_end_in_an_outcome()
    {
        var token = Gen.Elements("\"", ",", "\n", "\r\n", "\r", "Marlowe", "14/02/1999", "LE1 1AA", "one", "1", " ", "\0", "\uFEFF", "é", "\"\"", "=", "41274", "");
        Prop.ForAll(token.ArrayOf().ToArbitrary(), tokens => Ends(Encoding.UTF8.GetBytes(Reading.Header + string.Concat(tokens)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Damaged_extracts_end_in_an_outcome()
    {
        var whole = Encoding.UTF8.GetBytes(Reading.Header + string.Concat(Enumerable.Range(0, 50).Select(i => Reading.Row(surname: $"Marlowe{i}", address: $"\"{i} Wharf Street, \"\"The Mill\"\"\""))));
        Prop.ForAll(Gen.Choose(0, whole.Length - 1).Zip(Gen.Choose(0, 255)).Zip(Gen.Choose(0, whole.Length)).ToArbitrary(), sample =>
        {
            var ((at, value), end) = sample;
            var damaged = whole[..end];
            if (at < damaged.Length)
            {
                damaged[at] = (byte)value;
            }

            return Ends(damaged);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    /// <summary>The outcome adds up, a second reading ends the same, and however the bytes come in makes no difference.</summary>
    private static bool Ends(byte[] bytes)
    {
        var (outcome, rows) = Reading.ReadAsync(bytes).GetAwaiter().GetResult();
        using var trickle = new TrickleStream(bytes);
        var (again, rowsAgain) = Reading.ReadAsync(trickle).GetAwaiter().GetResult();
        Assert.Equal(rows, rowsAgain);
        Assert.Equal(outcome.Counts, again.Counts);
        Assert.Equal(outcome.Findings, again.Findings);
        Assert.Equal((outcome.State, outcome.Rows, outcome.Refused), (again.State, again.Rows, again.Refused));
        Assert.True(rows.Count <= outcome.Rows - outcome.Refused);
        return outcome.State switch
        {
            ExtractState.Accepted => outcome.Refused == 0 && rows.Count == outcome.Accepted,
            ExtractState.AcceptedWithRefusedRows => outcome.Refused > 0 && rows.Count == outcome.Accepted,
            _ => outcome.Accepted == 0 && outcome.Findings.Any(finding => finding.Consequence == Consequence.Quarantine),
        };
    }
}
