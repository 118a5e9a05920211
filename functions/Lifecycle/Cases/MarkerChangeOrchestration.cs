using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Carries one instruction to the police until it is confirmed, overtaken, or with people: <see cref="AdvanceMarker"/> sends, chases and escalates.</summary>
public sealed class MarkerChangeOrchestration : RowOrchestration<MarkerChangeOrchestration, AdvanceMarker, MarkerReference>;
