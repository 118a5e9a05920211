using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Retention;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Retention lines: how long a received record is kept, by the agreement version that it came under.</summary>
public sealed class RetentionLines(AgreementCatalogue agreements)
{
    /// <param name="agreement">As <see cref="Agreement.Name"/> writes it.</param>
    /// <param name="provider">The agency it came from.</param>
    /// <param name="holder">The authority.</param>
    /// <returns><c>null</c> when the version says nothing of it, or is no longer among the documents.</returns>
    public RetentionTerm? At(RetentionPoint point, string agreement, Id<Exchange> exchange, string provider, string holder, RetentionClocks clocks) =>
        agreements.Find(agreement) is { } version && version.Exchange(exchange) is { } row ? new RetentionSchedule(version, row, provider, holder).At(point, clocks) : null;
}
