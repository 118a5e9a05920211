using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Cases;

/// <summary>A source was asked whether what it sent is still current, before anything is done on it.</summary>
/// <remarks>seeds/002 App A, fourth principle: no operational action on exchanged information without first checking with its source.</remarks>
/// <param name="ExtractId">What it sent.</param>
/// <param name="AnsweredAt">Null until it answers.</param>
/// <param name="Current">Its answer; what is no longer current is not shown.</param>
public sealed record CurrencyCheck(Id<Party> Agency, Id<Exchange> Exchange, string ExtractId, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt = null, bool Current = false);
