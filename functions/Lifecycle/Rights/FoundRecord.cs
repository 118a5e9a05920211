using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Rights;

namespace TfFlow.Lifecycle.Rights;

/// <summary>In what a person was found.</summary>
public enum FoundIn
{
    /// <summary>A file that an agency sent and that is still held.</summary>
    Extract = 1,

    /// <summary>A partner's anonymous list: it names the household, and nobody in it.</summary>
    HouseholdList,

    /// <summary>What is kept of a family, and its case.</summary>
    Family,
}

/// <summary>Where a person was found: references and row numbers, and nothing of what stands there.</summary>
/// <param name="Reference">Of the extract or the family.</param>
/// <param name="Agency">Who sent it; of a family, the authority.</param>
/// <param name="Exchange">It came under it; empty of a family.</param>
/// <param name="Rows">Row numbers of the file, its header being row 1; none of a family.</param>
/// <param name="MemberReferences">Of a family: which members they are.</param>
/// <param name="Doubt">Why it may be somebody else's.</param>
public sealed record FoundRecord(
    FoundIn In, string Reference, Id<Party> Agency, Id<Exchange> Exchange, IReadOnlyList<long> Rows, IReadOnlyList<string> MemberReferences,
        FoundDoubt Doubt)
{
    /// <summary>The account that decided the doubt with the person: it is theirs. Empty where there was none, or it is not
    /// decided.</summary>
    public string TakenBy { get; init; } = "";

    /// <summary>It is of the person: surely, or because somebody looked.</summary>
    [JsonIgnore]
    public bool IsTheirs => Doubt is FoundDoubt.None || TakenBy.Length > 0;
}
