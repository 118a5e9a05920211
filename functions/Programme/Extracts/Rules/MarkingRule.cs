using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A row's protective marking is no higher than the agreement takes.</summary>
/// <remarks>seeds/000 §3.6: nothing above RESTRICTED.</remarks>
public sealed class MarkingRule(int column) : RowRule(NeverAccepted.Marking, column)
{
    public override bool Holds(ExtractRow row, ExtractReadOptions options) =>
        row.IsBlank(column)
        || (Kebab.TryParse<Marking>(System.Text.Encoding.UTF8.GetString(row[column]), out var marking) && !marking.IsAbove(options.MarkingCeiling));
}
