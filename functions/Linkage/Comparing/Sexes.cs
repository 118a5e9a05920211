namespace TfFlow.Linkage;

/// <summary>Sex as recorded: 1 male, 2 female, 0 not known.</summary>
/// <remarks>ISO/IEC 5218; words and titles besides, a misspelt word by its first letter.</remarks>
internal static class Sexes
{
    public static int Parse(ReadOnlySpan<char> value) => value.Length == 0 ? 0 : value[0] switch
    {
        'm' or 'M' or '1' or 'b' or 'B' => 1,
        'f' or 'F' or '2' or 'w' or 'W' or 'g' or 'G' => 2,
        _ => 0,
    };

    /// <summary>What a title tells; 0 where it does not.</summary>
    public static int OfTitle(ReadOnlySpan<char> folded) => folded switch
    {
        "MR" or "MASTER" or "SIR" or "LORD" => 1,
        "MRS" or "MISS" or "MS" or "LADY" or "DAME" => 2,
        _ => 0,
    };
}
