using System.Text;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>One of a set of codes; aliases, case, spaces and hyphens are normalised to the code, and so is a code with its words. Some values may have a refusal of their own.</summary>
public sealed class CodeValidator : Validator
{
    public static readonly Rule NotInSet = new("code.not-in-set",
        "one of the codes the specification lists",
        "Write one of these codes; tfflow template writes a codebook with what else is understood. Capitals, spaces and hyphens do not matter. "
            + "A row that none of them fits is taken out.", "ours");

    private static readonly char[] WordEnds = [.. " ()[]{}:;,./|=-_\u2013\u2014\"'"];

    // Words long enough to be no abbreviation of something else.
    private readonly List<(string Text, Rule Rule)> never = [];
    private readonly Dictionary<string, (byte[]? Code, Rule? Never)> values = new(AsciiComparer.Instance);
    private readonly Dictionary<string, (byte[]? Code, Rule? Never)> folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[]? Code, Rule? Never)>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    /// <param name="codes">Each code with its aliases.</param>
    /// <param name="never">Values that are never accepted, with the rule that says so.</param>
    public CodeValidator(IReadOnlyDictionary<string, IReadOnlyList<string>> codes, IReadOnlyDictionary<string, Rule> never)
    {
        foreach (var (code, aliases) in codes)
        {
            var bytes = Encoding.UTF8.GetBytes(code);
            foreach (var text in aliases.Prepend(code))
            {
                values.Add(text, (bytes, null));
            }
        }

        foreach (var (text, rule) in never)
        {
            values.Add(text, (null, rule));
            if (text.Length > 4)
            {
                this.never.Add((string.Join(' ', text.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries)), rule));
            }
        }

        foreach (var (text, value) in values)
        {
            // Two codes that fold alike are told apart as written only; so is a sign.
            if (Fold(text).Length > 0 && !folded.TryAdd(Fold(text), value) && folded[Fold(text)].Code != value.Code)
            {
                folded[Fold(text)] = (null, null);
            }
        }

        lookup = values.GetAlternateLookup<ReadOnlySpan<byte>>();
        Codes = [.. codes.Keys];
        Understood = codes;
        Rules = [NotInSet, .. never.Values.Distinct()];
    }

    public IReadOnlyList<string> Codes { get; }

    public override IReadOnlyDictionary<string, IReadOnlyList<string>> Understood { get; }

    public override string Name => "code";

    public override string Describes => $"one of: {string.Join(", ", Codes)}";

    public override IReadOnlyList<Rule> Rules { get; }

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (!lookup.TryGetValue(value, out var found) && !TryFold(value, out found))
        {
            return NotInSet;
        }

        if (found.Code is null)
        {
            return found.Never ?? NotInSet;
        }

        into.Write(found.Code);
        return null;
    }

    // Child in need, child_in_need and CHILD-IN-NEED are one code, as headers are; "(6 months)" behind it is no part of it.
    private bool TryFold(ReadOnlySpan<byte> value, out (byte[]? Code, Rule? Never) found)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 200)]);
        return folded.TryGetValue(Fold(text), out found) || (!BlankWords.IsBlank(value) && TryParts(text, out found));
    }

    // 1 - Male: what is never accepted wins; the rest must say one thing, in words where a part is the system's own.
    private bool TryParts(string text, out (byte[]? Code, Rule? Never) found)
    {
        var parts = CodedText.Parts(text);
        var known = parts.Select(part => (Part: part, Value: folded.GetValueOrDefault(Fold(CodedText.WithoutZeros(part))))).ToList();
        found = known.Select(part => part.Value).FirstOrDefault(value => value.Never is not null);
        if (found.Never is not null || (found.Never = Never(text)) is not null)
        {
            return true;
        }

        if (folded.TryGetValue(Fold(CodedText.WithoutTerm(text)), out found))
        {
            return true;
        }

        var codes = known.Where(part => part.Value.Code is not null).ToList();
        found = codes.Count > 0 && codes.TrueForAll(part => part.Value.Code == codes[0].Value.Code) ? codes[0].Value : default;
        return found.Code is not null
            && (codes.Count == parts.Count || (parts.Count == 2 && codes[0].Part == parts[1] && parts[1].Length > 2 && CodedText.IsOwnCode(parts[0])));
    }

    // A word of what is never accepted, anywhere in the cell.
    private Rule? Never(string text)
    {
        var words = $" {string.Join(' ', text.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries))} ";
        return never.FirstOrDefault(pair => words.Contains($" {pair.Text} ", StringComparison.OrdinalIgnoreCase)).Rule;
    }

    private static string Fold(string text) => HeaderMap.Fold(text.Replace("&", " and ", StringComparison.Ordinal));
}
