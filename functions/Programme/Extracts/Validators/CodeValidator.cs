using System.Text;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>One of a set of codes; aliases, case, spaces and hyphens are normalised to the code. Some values may have a refusal of their own.</summary>
public sealed class CodeValidator : Validator
{
    public static readonly Rule NotInSet = new("code.not-in-set",
        "one of the codes the specification lists",
        "Write one of these codes; tfflow template writes a codebook with what else is understood. Capitals, spaces and hyphens do not matter.", "ours");

    private readonly Dictionary<string, (byte[]? Code, Rule? Never)> values = new(AsciiComparer.Instance);
    private readonly Dictionary<string, (byte[]? Code, Rule? Never)> folded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[]? Code, Rule? Never)>.AlternateLookup<ReadOnlySpan<byte>> lookup;

    /// <param name="codes">Each code with its aliases.</param>
    /// <param name="never">Values that are never accepted, with the rule that says so.</param>
    public CodeValidator(IReadOnlyDictionary<string, IReadOnlyList<string>> codes, IReadOnlyDictionary<string, Rule> never)
    {
        foreach (var (code, aliases) in codes)
        {
            foreach (var text in aliases.Prepend(code))
            {
                values.Add(text, (Encoding.UTF8.GetBytes(code), null));
            }
        }

        foreach (var (text, rule) in never)
        {
            values.Add(text, (null, rule));
        }

        foreach (var (text, value) in values)
        {
            // Two codes that fold alike are told apart as written only.
            if (!folded.TryAdd(Fold(text), value) && folded[Fold(text)].Code != value.Code)
            {
                folded[Fold(text)] = (null, null);
            }
        }

        lookup = values.GetAlternateLookup<ReadOnlySpan<byte>>();
        Codes = [.. codes.Keys];
        Rules = [NotInSet, .. never.Values.Distinct()];
    }

    public IReadOnlyList<string> Codes { get; }

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
        return folded.TryGetValue(Fold(text), out found) || (text.IndexOf('(') is var at and > 0 && text.EndsWith(')') && folded.TryGetValue(Fold(text[..at]), out found));
    }

    private static string Fold(string text) => HeaderMap.Fold(text.Replace("&", " and ", StringComparison.Ordinal));
}
