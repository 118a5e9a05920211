using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public class CanonicalEntryTest
{
    internal static LedgerEntry Example { get; } = new()
    {
        ActId = "extract-7f13.reseal",
        Kind = EntryKind.Outcome,
        Act = "extract.reseal",
        At = new DateTimeOffset(2025, 3, 14, 9, 26, 53, 589, TimeSpan.FromHours(1)),
        Actor = "ExtractIntake",
        Role = "system",
        Agency = "north-police",
        Agreement = "isa-2",
        AgreementVersion = "4",
        Exchange = "police-asb",
        Basis = "s115 Crime and Disorder Act 1998",
        Purpose = "identification",
        References = ["extract-7f13", "blob-é"],
        Count = 1234,
        Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Result = "done",
    };

    [Fact]
    public void The_documented_entry_has_the_documented_bytes()
    {
        var document = File.ReadAllText(FindUpwards("docs/ledger-format.md"));
        var hex = Convert.ToHexStringLower(CanonicalEntry.Encode(Example));
        var leaf = MerkleTree.HashLeaf(CanonicalEntry.Encode(Example)).ToString();
        var written = string.Concat(document.Split('\n').SkipWhile(line => line != "<!-- vector -->").Skip(2).TakeWhile(line => line != "```"));
        Assert.Equal(hex, written);
        Assert.Contains(leaf, document, StringComparison.Ordinal);
        AssertSame(Example, CanonicalEntry.Decode(Convert.FromHexString(written)));
    }

    [Fact]
    public void Any_entry_reads_back_as_it_was_written() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Entries.ToArbitrary(), entry =>
        {
            var bytes = CanonicalEntry.Encode(entry);
            AssertSame(entry, CanonicalEntry.Decode(bytes));
            Assert.Equal(bytes, CanonicalEntry.Encode(CanonicalEntry.Decode(bytes)));
        }));

    [Fact]
    public void Bytes_that_decode_encode_to_themselves_whatever_was_changed_in_them() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Entries.ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (entry, at, value) =>
        {
            var bytes = CanonicalEntry.Encode(entry);
            bytes[at % bytes.Length] = (byte)value;
            AssertRefusedOrCanonical(bytes);
            AssertRefusedOrCanonical(bytes[..(at % bytes.Length)]);
        }));

    [Fact]
    public void Two_entries_never_share_their_bytes_by_shifting_text_between_fields() =>
        Assert.NotEqual(
            CanonicalEntry.Encode(Example with { Role = "ab", Agency = "c" }),
            CanonicalEntry.Encode(Example with { Role = "a", Agency = "bc" }));

    [Fact]
    public void What_is_cut_or_continued_is_refused()
    {
        var bytes = CanonicalEntry.Encode(Example);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => CanonicalEntry.Decode(bytes.AsSpan(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => CanonicalEntry.Decode([.. bytes, 0]));
    }

    [Fact]
    public void A_format_version_not_known_is_refused()
    {
        var bytes = CanonicalEntry.Encode(Example);
        bytes[0] = 2;
        Assert.Contains("version is 2", Assert.Throws<InvalidDataException>(() => CanonicalEntry.Decode(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_outside_the_format_is_refused_without_its_value()
    {
        LedgerEntry[] bad =
        [
            Example with { ActId = "" },
            Example with { ActId = new string('x', 201) },
            Example with { ActId = "secret/1" },
            Example with { ActId = "secret\\1" },
            Example with { ActId = "secret#1" },
            Example with { ActId = "secret?1" },
            Example with { ActId = "secret\u0001" },
            Example with { ActId = "secret\u0085" },
            Example with { Act = "" },
            Example with { Actor = "" },
            Example with { Kind = 0 },
            Example with { Kind = (EntryKind)3 },
            Example with { Count = -1 },
            Example with { Hash = "secret" },
            Example with { Hash = new string('A', 64) },
            Example with { Kind = EntryKind.Intent },
            Example with { Result = "" },
            Example with { Purpose = "secret\ud800" },
            Example with { Purpose = "secret" + new string('x', 65_536) },
            Example with { References = [.. Enumerable.Repeat("secret", 10_000)] },
            Example with { References = [.. Enumerable.Repeat("", 70_000)] },
        ];
        foreach (var entry in bad)
        {
            var exception = Assert.ThrowsAny<ArgumentException>(() => CanonicalEntry.Encode(entry));
            Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        }
    }

    internal static Gen<LedgerEntry> Entries
    {
        get
        {
            var text = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => new string([.. value.Get.EnumerateRunes().SelectMany(rune => rune.ToString())]));
            return from texts in text.ArrayOf(9)
                   from references in text.ArrayOf()
                   from kind in Gen.Elements(EntryKind.Intent, EntryKind.Outcome)
                   from actId in Gen.Choose(1, CanonicalEntry.MaxActIdLength).SelectMany(length => Gen.Elements('a', 'é', '-', '.', '€').ArrayOf(length))
                   from ticks in ArbMap.Default.GeneratorFor<DateTime>()
                   from count in Gen.Choose(0, int.MaxValue)
                   from hash in Gen.Elements("", Example.Hash)
                   select new LedgerEntry
                   {
                       ActId = new string(actId),
                       Kind = kind,
                       Act = "a" + texts[0],
                       At = new DateTimeOffset(ticks.Ticks, TimeSpan.Zero),
                       Actor = "b" + texts[1],
                       Role = texts[2],
                       Agency = texts[3],
                       Agreement = texts[4],
                       AgreementVersion = texts[5],
                       Exchange = texts[6],
                       Basis = texts[7],
                       Purpose = texts[8],
                       References = references,
                       Count = count,
                       Hash = hash,
                       Result = kind == EntryKind.Outcome ? "done" : "",
                   };
        }
    }

    internal static void AssertSame(LedgerEntry expected, LedgerEntry actual)
    {
        Assert.Equal(expected.References, actual.References);
        Assert.Equal(expected with { References = [], At = expected.At.ToUniversalTime() }, actual with { References = [] });
    }

    internal static string FindUpwards(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new FileNotFoundException(path);
    }

    private static void AssertRefusedOrCanonical(byte[] bytes)
    {
        LedgerEntry entry;
        try
        {
            entry = CanonicalEntry.Decode(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }

        Assert.Equal(bytes, CanonicalEntry.Encode(entry));
    }
}
