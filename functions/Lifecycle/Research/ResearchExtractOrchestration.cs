using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Research;

/// <summary>Carries a request for an anonymous extract on: <see cref="AdvanceResearch"/> builds it and destroys it. People approve, release and collect through the API.</summary>
public sealed class ResearchExtractOrchestration : RowOrchestration<ResearchExtractOrchestration, AdvanceResearch, ResearchReference>;
